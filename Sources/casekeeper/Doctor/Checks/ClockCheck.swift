import CaseStore
import Complaints

extension DoctorCheck {
    static let clock = DoctorCheck(
        "clock", "the wall clock beside the last stamp on record, and what a service that runs expects it to be"
    ) { inspection in
        if let obstacle = inspection.obstacle(to: inspection.clock) {
            return [.unseen("at the last stamp on record", obstacle)]
        }
        guard case .read(let report) = inspection.clock else { return [.ok("there is no record to hold it against")] }
        if let trouble = report.trouble {
            return [
                .error(
                    "\(trouble.word): \(trouble.summary)", why: "no change is kept by a clock that is not believed",
                    remedy: trouble.remedy, status: .temporary)
            ]
        }
        let expected = report.expected == nil ? "" : ", and is what the service expects"
        guard report.lastStamp > report.wall else { return [.ok("the wall clock is past the last stamp\(expected)")] }
        return [
            .ok(
                "the wall clock is \((report.lastStamp - report.wall).iso8601) behind the last stamp, and stamps go on from "
                    + "there until it has come up to it")
        ]
    }
}
