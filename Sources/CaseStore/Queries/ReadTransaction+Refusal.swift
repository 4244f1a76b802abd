package import Complaints

extension ReadTransaction {
    /// Why the rules would refuse a command as the record stands; nil where they would take it, and where there is nothing that it is
    /// about. Nothing is changed: the change is made in memory, and let go.
    package func refusal(of command: CaseCommand, by actor: Actor) throws -> Refusal? {
        let id: Int64? =
            switch command.target {
            case .case(let id): id
            case .promise(let id): try caseID(ofPromise: id)
            }
        guard let file = try id.flatMap(caseFile) else { return nil }
        let policy = try policy(for: file.record)
        var change = CaseChange(
            of: file, knowing: try logEntries(ofCase: file.record.id, kinds: command.neededEntries),
            nextPromiseID: Self.noPromise)
        change.regime = try regime(of: file)
        do throws(Refusal) {
            try change.perform(command, under: policy, by: actor, at: asOf)
            return nil
        } catch {
            return error
        }
    }

    /// No promise on record has it.
    private static let noPromise: Int64 = 1 << 60
}
