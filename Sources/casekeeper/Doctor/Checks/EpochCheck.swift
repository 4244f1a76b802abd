import CaseStore

extension DoctorCheck {
    static let epoch = DoctorCheck("epoch", "whether another service goes on with the record, in a higher epoch") {
        inspection in
        if let obstacle = inspection.obstacle(to: inspection.record) { return [.unseen("at the epoch", obstacle)] }
        guard let epochs = inspection.record.value?.epochs else { return [.ok("there is no record to read it from")] }
        guard let successor = epochs.successor else {
            return [.ok("it is \(epochs.own), and no service is known to have a higher one")]
        }
        return [
            .error(
                "another service was found to have epoch \(successor), and this database has \(epochs.own)",
                why: "no change is kept here, so that there are no two histories",
                remedy:
                    "stop this service, for good: \(inspection.stop); or, if it is the other one that is to stop, with this one "
                    + "stopped: \(inspection.command("promote"))")
        ]
    }
}

extension Inspection {
    /// Stops the service, also beyond the next start of the machine.
    fileprivate var stop: String {
        guard units[.service] == nil else { return "systemctl disable --now casekeeper" }
        return holder.map { "kill -TERM \($0.prefix { $0.isNumber })" } ?? "it does not run"
    }
}
