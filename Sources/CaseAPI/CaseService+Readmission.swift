public import CaseStore
import Complaints
public import HTTPServer

/// Whoever was let in may not be any more by the time their answer is there: their token was revoked or has expired, or
/// the first token was made. The server asks here before anything goes out that could not go out at once, whatever it has
/// waited for, so that no kind of late answer can be forgotten. What is read or changed on the way to it has a look of its
/// own, so that nothing is done in vain:
///
///     a report, a list as CSV            in the transaction that reads it, on the queue of reports
///     a further piece of an export       in the transaction that reads it
///     a read of a batch being committed  in the transaction that reads it
///     a change, a bulk, a long body      in the transaction of the change, on the writer
///     a wait for events                  when a token is made or revoked, and when its own expires
///     an answer behind another's, one    -
///     that is compressed beside a loop
extension CaseService {
    /// The number that the server knows somebody by who was let in: their token's, and 0 while there is none; of a session, its own
    /// below 0.
    static func admission(of caller: Actor) -> Int64 { caller.sessionID.map { -$0 } ?? caller.tokenID ?? 0 }

    /// Looks again at somebody who was let in: 401 when they would not be any more.
    public func readmit(_ admission: Int64, requestID: String, state reader: Reader) -> Dismissal? {
        do {
            try reader.check { transaction in
                let session = admission < 0 ? -admission : nil
                let token =
                    try session.map { try transaction.session($0)?.tokenID } ?? (admission > 0 ? admission : nil)
                try gate.readmit(Credentials(tokenID: token, sessionID: session), transaction, at: store.time)
            }
            return nil
        } catch {
            let problem = problem(of: error, requestID: requestID)
            return Dismissal(problem.response(requestID: requestID), reason: problem.kind.rawValue)
        }
    }
}
