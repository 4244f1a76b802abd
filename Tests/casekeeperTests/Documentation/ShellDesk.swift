import Foundation
import Testing

/// The desk that the page for the shell speaks of: seven cases of the past, and a promise that slipped three times
/// since.
enum ShellDesk {
    /// - Parameter file: the cases, among the fixtures.
    static func make(from file: String, on server: RunningServer, in folder: TemporaryFolder) throws {
        let cases = Repository.root.appending(path: "Tests/casekeeperTests/Fixtures/\(file)").path
        let columns = [
            "external_id=key", "customer.name=customer", "customer.phone=phone", "complaint=complaint", "owner=owner",
            "team=team", "severity=severity", "promise.what=what", "received_at=received", "promise.due_at=due",
            "promise.kept_at=kept",
        ]
        let imported = try Binary.run(["import", cases] + columns.flatMap { ["--map", $0] }, in: folder)
        try #require(imported.output.hasPrefix("7 rows: 7 added"), "\(imported.errors)")
        for (action, id) in [("7/recover", 8), ("8/renegotiate", 9), ("9/renegotiate", 10)] {
            let body = """
                {"due_in": "P9D", "reason": "Out of stock", "next_step": "Lee calls",
                 "customer_notified": {"channel": "email", "outcome": "reached"}}
                """
            let made = try RunningProcess(
                path: "/usr/bin/curl", ["-s", "--json", body, "http://127.0.0.1:\(server.port)/v1/promises/\(action)"],
                environment: [:], in: folder
            ).wait()
            try #require(made.output.hasPrefix("{\"id\":\(id),"), "\(made.output)")
        }
    }
}
