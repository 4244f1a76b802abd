import CaseAPI
import CaseStore
import Logging

extension Logger {
    /// Says what an operator should hear of, and what to do.
    ///
    /// - Parameter command: how commands are told that are to be run on the database.
    func log(_ event: StoreEvent, _ command: OperatorCommand) {
        switch event {
        case .latched(let latch, let rescue):
            var metadata: Metadata = [
                "reason": "\(latch.word)", "error": "\(latch.cause)", "remedy": "\(latch.remedy(command))",
            ]
            // Both: what is in the log only is in no copy of the file alone.
            if let rescue { metadata["rescue"] = "\(rescue.commands(to: "SAVED.db"))" }
            error("nothing is written until the service is restarted: \(latch.summary)", metadata: metadata)
        case .failing(let cause):
            error("changes fail", metadata: ["reason": "\(FailureReason(cause).word)", "error": "\(cause)"])
        case .recovered: notice("changes are kept again")
        case .clockDoubted(let trouble):
            error(
                "no change is kept while the wall clock is wrong: \(trouble.summary)",
                metadata: ["reason": "\(trouble.word)", "remedy": "\(trouble.remedy)"])
        case .clockBelieved: notice("the wall clock is believed, and changes are kept")
        case .clockAccepted(let trouble):
            notice("the wall clock was accepted by an operator", metadata: ["after": "\(trouble?.summary ?? "")"])
        case .clockNotAccepted(let reason):
            warning("the wall clock was not accepted, though an operator said so", metadata: ["reason": "\(reason)"])
        case .checkpointsFailing(let cause):
            error("no room to move the write-ahead log into the database: it grows", metadata: ["error": "\(cause)"])
        case .superseded(let epoch, let successor):
            error(
                "another service goes on with this record, and no change is kept",
                metadata: [
                    "epoch": "\(epoch)", "successor": "\(successor)",
                    "remedy": "stop this service; if it is the other one that is to stop, \(command.line("promote"))",
                ])
        case .logTooLong(let bytes, let limit):
            warning(
                "Litestream does not let the write-ahead log begin anew: it grows",
                metadata: [
                    "bytes": "\(bytes)", "limit": "\(limit)", "remedy": "look after Litestream, and restart it",
                ])
        case .logShortAgain: notice("the write-ahead log is within its limit again")
        case .healed(let connection, let found):
            error(
                "a connection to the database was put in order",
                metadata: ["connection": "\(connection)", "found": "\(found)"])
        }
    }
}

extension WriterLatch {
    /// What an operator should do.
    fileprivate func remedy(_ command: OperatorCommand) -> String {
        switch self {
        case .commitFailed:
            "look after the disk, restart, and see whether the changes answered with outcome_unknown are there"
        case .checkpointFailed: "look after the disk, then restart"
        case .fileLost:
            """
            end the service: as it ends it copies all that it has beside the database's place. If it can't, as its folder \
            is gone or the disk is full, do what rescue says, as root, while it still runs
            """
        case .damaged: "stop the service, run \(command.line("verify")), and restore a backup if it finds damage"
        }
    }
}
