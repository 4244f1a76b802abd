extension DoctorCheck {
    static let timers = DoctorCheck(
        "timers", "whether the package's timers, for backups and the head of the log, do what they are enabled for"
    ) { inspection in
        let all: [(timer: ServiceUnit.UnitName, service: ServiceUnit.UnitName, loss: String)] = [
            (.backupTimer, .backup, "no backup is made meanwhile"),
            (.headTimer, .head, "how far the log went is written down nowhere meanwhile"),
        ]
        let there = all.filter { inspection.units[$0.timer] != nil }
        guard !there.isEmpty else { return [.ok("this service has no timers of the package's")] }
        let findings = there.compactMap { timer, service, loss -> Finding? in
            // One that was run by hand, and failed, is as much to be told of.
            if let fault = inspection.units[service]?.fault {
                return .warning(
                    fault, why: loss,
                    remedy: "journalctl --unit \(service.rawValue) --lines 20 says why; once that is mended: "
                        + "systemctl start \(service.rawValue)")
            }
            return inspection.units[timer]?.fault.map {
                .warning($0, why: loss, remedy: "systemctl start \(timer.rawValue)")
            }
        }
        let enabled = there.map(\.timer).filter { inspection.units[$0]?.isEnabled == true }.map(\.rawValue)
        guard findings.isEmpty else { return findings }
        return [
            .ok(
                enabled.isEmpty
                    ? "none of the package's is enabled"
                    : "\(enabled.joined(separator: " and ")) \(enabled.count == 1 ? "is" : "are") enabled")
        ]
    }
}
