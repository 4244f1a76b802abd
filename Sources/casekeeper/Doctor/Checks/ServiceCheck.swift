import CaseStore
import Foundation
import HTTPServer

extension DoctorCheck {
    static let service = DoctorCheck(
        "service",
        "whether a service has the database open and is ready (/readyz) at each address of --listen, and where the package's unit is to run it, why it does not"
    ) { inspection in
        let holder = inspection.holder
        var findings: [Finding] = []
        for address in inspection.listen {
            guard let probe = ServiceProbe(address) else { continue }
            if case .unix(let unix) = address,
                let obstacle = Obstacle(reading: unix.path, ofDatabase: inspection.database, isSocket: true)
            {
                findings.append(.unseen("whether a service is ready at \(address)", obstacle))
                continue
            }
            findings.append(finding(of: probe.ask(), address, holder, inspection))
        }
        if let holder, isReplaced(holder) {
            findings.append(
                .warning(
                    "process \(holder) runs a program that was replaced since it started",
                    why: "what was installed is not what serves", remedy: inspection.restart))
        }
        return findings.isEmpty ? [.ok("the system chooses its port, so nobody was asked")] : findings
    }

    private static func finding(
        of answer: ServiceProbe.Answer, _ address: ListenAddress, _ holder: String?, _ inspection: Inspection
    ) -> Finding {
        let lock = DatabaseName.lockFile(of: inspection.database)
        let obstacle = holder == nil ? inspection.hidden ?? inspection.obstacle(reading: lock) : nil
        if let fault = inspection.units[.service]?.fault, case .nobody = answer, holder == nil {
            return .error(
                "\(fault), and nobody answers at \(address)", why: "promises fall due meanwhile, and nobody is told",
                remedy: "journalctl --unit casekeeper --lines 20 says why; once that is mended: \(inspection.restart)")
        }
        return switch (answer, holder) {
        case (.nobody, nil) where obstacle != nil:
            .unseen(
                "whether a process has \(inspection.database) open (nobody answers at \(address))", obstacle!)
        case (.ready, nil) where obstacle != nil:
            .unseen("whether the service at \(address), which is ready, has \(inspection.database) open", obstacle!)
        case (.nobody, nil):
            .warning(
                "no service runs: nobody answers at \(address), and nobody has the database open",
                why: "promises fall due meanwhile, and nobody is told",
                remedy: inspection.restart)
        case (.nobody, let holder?):
            .error(
                "process \(holder) has the database open, and nobody answers at \(address)",
                why: "it is at work on the database, or it is another service's settings that were looked at",
                remedy: "wait until it is done, or give --config or --listen as the service has it")
        case (.ready, nil):
            .warning(
                "a service is ready at \(address), and nobody has \(inspection.database) open",
                why: "it serves another database than the one that was looked at",
                remedy: "give --config or --database as the service has it")
        case (.ready, let holder?): .ok("process \(holder) is ready at \(address)")
        case (.notReady(let reason, let detail), _):
            .error(
                "the service at \(address) keeps no changes, \(reason): \(detail)",
                why: "what is sent to it is refused until that is over",
                remedy: inspection.held == nil
                    ? "operating.md, By what has happened, says what to do about \(reason)" : inspection.restart)
        case (.silent, _): silent(address, holder, inspection)
        case (.stranger, _):
            .error(
                "something else than casekeeper answers at \(address)"
                    + (listener(at: address, inspection).map { ": process \(ProcessFiles.words(of: $0))" } ?? ""),
                why: "the service can't listen there",
                remedy: "stop that, or --listen elsewhere")
        }
    }

    /// Nobody answers who has taken the connection, or for whom the system has.
    private static func silent(_ address: ListenAddress, _ holder: String?, _ inspection: Inspection) -> Finding {
        let own = holder.flatMap { Int($0.prefix { $0.isNumber }) }
        let listener = listener(at: address, inspection)
        guard let process = own, listener == nil || listener == own else {
            return .error(
                "\(listener.map { "process \(ProcessFiles.words(of: $0))" } ?? "something") listens at \(address), and answered nothing within 5 seconds",
                why: "it can't be told what it is; the service can't listen there, if it is another",
                remedy: listener.map { "ps -fp \($0) says what it is; then stop it" }
                    ?? "run casekeeper doctor as root, which says whose it is")
        }
        let isStopped = ProcessFiles.isStopped(process)
        return .error(
            "process \(holder ?? "\(process)"), which has the database open, \(isStopped ? "is stopped (a signal or a debugger)" : "hangs"): "
                + "nobody answered within 5 seconds at \(address)",
            why: "nobody is served, and promises fall due meanwhile",
            remedy: isStopped
                ? "kill -CONT \(process)"
                : inspection.units[.service]?.process == process
                    ? "systemd ends it within half a minute, and starts it anew: journalctl --unit casekeeper --lines 20"
                    : "end it, by kill -ABRT \(process), and \(inspection.restart)")
    }

    /// The process that listens at an address; nil where that is not seen.
    private static func listener(at address: ListenAddress, _ inspection: Inspection) -> Int? {
        address.port.flatMap { ProcessFiles.holder(ofSockets: inspection.sockets.inodes[$0] ?? []) }
    }

    /// Whether the program of a process, named as in the lock, has lost its name. Only its user and root can tell.
    private static func isReplaced(_ holder: String) -> Bool {
        let process = holder.prefix { $0.isNumber }
        let program = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(process)/exe")
        return program?.hasSuffix(" (deleted)") ?? false
    }
}
