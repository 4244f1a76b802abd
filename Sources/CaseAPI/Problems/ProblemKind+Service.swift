import CaseStore
import Complaints
import HTTPServer
import HTTPTypes

// The service can't, for now.
extension ProblemKind {
    static let ofTheService: [ProblemKind] = [
        .busy, .readOnly, .shuttingDown, .notReady, .clockJumped, .clockBehind, .superseded,
        .outcomeUnknown, .diskFull, .databaseDamaged, .internal,
    ]

    static let busy = ProblemKind(
        "busy", .serviceUnavailable, "Too busy", retryAfter: 1,
        meaning: "The service has too much to do at this moment, or another process holds its database.",
        cause: "What waits is bounded, so that who waits is answered in time. Nothing of this request was kept.",
        advice: sendAgain,
        example: ProblemExample(of: StoreError.locked))

    static let readOnly = ProblemKind(
        "read_only", .serviceUnavailable, "The database can't be written", retryAfter: 60,
        meaning: "Nothing is written any more until somebody has looked after the disk. What is there can be read.",
        cause:
            "After a failed write it is not certain what the disk holds, and going on could lose what was acknowledged. "
            + "Nothing of this request was kept.",
        advice:
            "An operator must look after the disk and restart the service; /readyz says why. Where that is file_lost, the "
            + "service's log says what to do first, and where it copies what it has as it ends. Then send it again.",
        example: ProblemExample(of: StoreUnavailable.latched(.commitFailed(""))))

    static let shuttingDown = ProblemKind(
        "shutting_down", .serviceUnavailable, "Shutting down", retryAfter: 5,
        meaning: "The service ends, and finishes only what it had begun.",
        cause: "An operator stops or restarts it. Nothing of this request was kept.",
        advice: sendAgain,
        example: ProblemExample(of: StoreUnavailable.stopping))

    static let notReady: ProblemKind = ProblemKind(
        "not_ready", .serviceUnavailable, "Not ready", retryAfter: 1,
        meaning: "The database does not answer, or takes no changes: reason says why. What can be read is answered.",
        cause: "The disk is full, a write failed, or another process is in the way.",
        advice:
            "Where reason is disk_full or busy it goes on by itself, and where it is of the clock once that is right; otherwise "
            + "an operator must restart the service.",
        example: ProblemExample(of: Readiness(.damaged("")).problem ?? Problem(.notReady, "")))

    static let clockJumped = ProblemKind(
        "clock_jumped", .serviceUnavailable, "The wall clock leapt", retryAfter: 60,
        meaning:
            "The wall clock leapt by more than five minutes, and no change is kept until it is right. What is there can be read.",
        cause:
            "By a wrong clock promises would fall due or be kept at times that never were, and a single change would stop "
            + "time until the clock had come up to it. Nothing of this request was kept.",
        advice:
            "An operator must set the clock right, or say casekeeper clock --accept if it is right now, which is refused while it "
            + "is behind the last stamp on record: the detail says what would do. It goes on by itself; then send it again.",
        example: ProblemExample(of: StoreError.clock(.jumped(by: .days(40), behind: nil))))

    static let clockBehind = ProblemKind(
        "clock_behind", .serviceUnavailable, "The wall clock is behind the record", retryAfter: 60,
        meaning: "The wall clock is more than five minutes behind the last stamp on record, and no change is kept.",
        cause:
            "What is on record was written by a clock that was ahead, or the clock is wrong now: time never runs backwards "
            + "on record, so it would stand still. Nothing of this request was kept.",
        advice:
            "An operator must set the clock right, wait for it, or restore a backup from before the wrong stamp; it goes on "
            + "by itself. Then send it again.",
        example: ProblemExample(of: StoreError.clock(.behind(lastStamp: ProblemExample.due, by: .days(40)))))

    static let superseded = ProblemKind(
        "superseded", .serviceUnavailable, "Another service has taken over", retryAfter: 60,
        meaning:
            "A copy of this record was promoted, and the service that has it takes changes now. What is there until then can be "
            + "read here.",
        cause:
            "Two services that both took changes would tell two histories. This one has learned that the other's epoch is "
            + "higher. Nothing of this request was kept.",
        advice:
            "Send it to the service that took over. An operator must stop this one, or promote it if it is the other one that is "
            + "to stop.",
        example: ProblemExample(of: StoreError.superseded(epoch: 1, by: 2)))

    static let outcomeUnknown = ProblemKind(
        "outcome_unknown", .serviceUnavailable, "It is not known whether the change was kept", retryAfter: 60,
        meaning: "The commit failed on its way to the disk: the change may be kept or not.",
        cause: "A disk that reports a failed sync does not say what it holds.",
        advice:
            "Once the service is back, send it again with the same Idempotency-Key; without one, look first whether the change "
            + "is there, by its external_id.",
        example: ProblemExample(of: StoreError.outcomeUnknown))

    static let diskFull = ProblemKind(
        "disk_full", .init(code: 507, reasonPhrase: "Insufficient Storage"), "The disk is full", retryAfter: 60,
        meaning: "There is not enough free space on the disk to keep a change.",
        cause: "A little is kept free, so that the service can always finish what it has begun. Nothing was kept.",
        advice: "An operator must make room; it goes on by itself. Then send it again.",
        example: ProblemExample(of: StoreError.lowSpace(free: 1_048_576, needed: 67_108_864)))

    static let databaseDamaged = ProblemKind(
        "database_damaged", .internalServerError, "The database is damaged",
        meaning: "A part of the database file can't be read, or nothing that is there can be meant by it.",
        cause: "The disk gives back other bytes than were written, or an error: nothing is written from then on. Or "
            + "somebody has written to the file by other means: whatever else is on record goes on.",
        advice: "An operator must stop the service, run casekeeper verify, and restore a backup.",
        example: ProblemExample(of: StoreError.damaged("")))

    static let `internal` = ProblemKind(
        "internal", .internalServerError, "The service failed",
        meaning: "Something went wrong that nobody thought of.",
        cause: "It is not your fault. Nothing of the inside is told to strangers.",
        advice: "Report the request_id: under it the service's log has the reason.",
        example: ProblemExample(of: ServerRefusal.internal))
}
