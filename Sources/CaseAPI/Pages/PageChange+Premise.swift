import CaseStore
import Complaints

extension PageChange {
    /// What a page takes for granted, and who sends a request by hand need not: it is held against the record as the change is made.
    package enum Premise: Sendable {
        /// That the promise is one of the case.
        case promise(String, ofCase: String)
        /// That a handover of all of somebody's takes what its reader has seen.
        case goingOver(from: String, takesCases: Bool, GoingOver)
        /// That nobody mistyped the names in these fields.
        case names([TypedName])
    }
}

/// A name of somebody, or of something, that was typed into a field of a form.
package struct TypedName: Sendable {
    /// Of whom or what it is a name.
    package enum Kind: Sendable {
        case owner, team
    }

    let field: String
    let name: String
    let kind: Kind

    /// - Parameter field: its name in the form.
    package init(_ field: String, _ name: String, _ kind: Kind) {
        self.field = field
        self.name = name
        self.kind = kind
    }
}

extension PageChange.Premise {
    /// Holds it against the record.
    ///
    /// - Throws: what is not so.
    func require(_ transaction: WriteTransaction, by actor: Actor) throws {
        switch self {
        case .promise(let promise, let id):
            guard let promise = Int64(promise), let row = try transaction.record.promise(promise) else {
                throw Problem.missing("promise \(promise)")
            }
            guard Int64(id) == row.promise.caseID else { throw PageProblem.foreignPromise.problem }
        case .goingOver(let name, let takesCases, let seen):
            let now = GoingOver(try transaction.record.goingOver(from: name, takesCases: takesCases))
            guard now.isSame(as: seen) else {
                throw Problem(.stale, "What would go over is something else by now. Nothing has changed.")
            }
        case .names(let typed):
            var problem = Problem(
                .validationFailed, "A name is nobody's. Nothing has changed: send it again if it is right.")
            for typed in typed {
                let meant =
                    switch typed.kind {
                    case .owner: try transaction.ownerMeant(by: typed.name, from: actor)
                    case .team: try transaction.teamMeant(by: typed.name)
                    }
                guard let meant else { continue }
                problem.errors.append(
                    Problem.Item(
                        place: .pointer("#/\(typed.field)"), code: FieldIssue.Code.unknownOwner.rawValue,
                        detail: "\(typed.name) is not on record. Did you mean \(meant)? Send it again if it is right.",
                        meant: meant))
            }
            guard problem.errors.isEmpty else { throw problem }
        }
    }
}
