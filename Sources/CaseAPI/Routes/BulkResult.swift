import CaseStore
import Complaints
import HTTPTypes

/// What became of one item of a bulk.
struct BulkResult: Sendable {
    private enum Outcome: Sendable {
        case created(caseID: Int64, promiseID: Int64?, [CaseWarning])
        case refused(Problem)
    }

    private let index: Int
    private let externalID: String?
    private let outcome: Outcome

    /// Opens the case, unless it is refused.
    ///
    /// - Throws: what is not the item's fault: then nothing of the bulk is kept.
    init(
        index: Int, _ item: Incoming<CaseRequest>, by actor: Actor, in transaction: WriteTransaction
    ) throws {
        self.index = index
        externalID = item.value.fields.externalID
        switch try transaction.attempt({ try transaction.openCase(item, by: actor) }) {
        case .success(let opened):
            outcome = .created(
                caseID: opened.file.record.id, promiseID: opened.file.promises.first?.id, opened.warnings)
        case .failure(let error):
            guard error is Refusal, var problem = Problem.of(error) else { throw error }
            let path = FieldPath(["items", String(index)])
            problem.errors = problem.errors.map { $0.inside(path) }
            outcome = .refused(problem)
        }
    }

    var isCreated: Bool {
        if case .created = outcome { true } else { false }
    }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("index", index)
            switch outcome {
            case .created(let caseID, let promiseID, let warnings):
                json.member("status", HTTPResponse.Status.created.code)
                json.member("external_id", externalID)
                json.member("id", caseID)
                json.member("promise_id", promiseID)
                json.member("location", "/v1/cases/\(caseID)")
                if !warnings.isEmpty {
                    json.member("warnings", objects: warnings) { $0.writeMembers(of: $1, CaseWarning.shown) }
                }
            case .refused(let problem):
                json.member("status", problem.kind.status.code)
                json.member("external_id", externalID)
                json.member("problem", object: { problem.write(to: &$0) })
            }
        }
    }
}
