import Foundation
import HTTPClient
import HTTPServer

/// A look at what answers at an address that the service is to listen on.
struct ServiceProbe {
    enum Answer: Equatable {
        case nobody
        case ready
        /// It is one of this program's, and keeps no changes.
        case notReady(reason: String, detail: String)
        /// Connections are taken there, by the system where not by a process, and nothing comes back.
        case silent
        /// Something else answers, or something that is no HTTP.
        case stranger
    }

    /// Where it is asked; nil for a port that the system chooses.
    private let url: String
    private let socket: String?

    init?(_ address: ListenAddress) {
        switch address {
        case .unix(let unix):
            (url, socket) = ("http://localhost", unix.path)
        case .tcp(let host, let port):
            guard port != 0 else { return nil }
            // What listens on all addresses is asked on loopback.
            let name = ["0.0.0.0": "127.0.0.1", "::": "::1"][host] ?? host
            let host = name.contains(":") ? "[\(name.replacing("%", with: "%25"))]" : name
            (url, socket) = ("http://\(host):\(port)", nil)
        }
    }

    func ask() -> Answer {
        switch get("/readyz") {
        case .failure(.notConnected), .failure(.unresolved): return .nobody
        case .failure(.timedOut): return .silent
        case .failure: return .stranger
        case .success(let answer):
            guard let body = try? JSONDecoder().decode(Body.self, from: Data(answer.beginning)) else {
                return .stranger
            }
            if answer.status == 200, body.status?.text == "ready" { return .ready }
            guard body.code == "not_ready" else { return .stranger }
            return .notReady(reason: body.reason ?? "", detail: body.detail ?? "")
        }
    }

    private struct Body: Decodable {
        let status: Status?
        let code: String?
        let reason: String?
        let detail: String?

        /// A word where all is well, a number in a problem.
        struct Status: Decodable {
            let text: String?

            init(from decoder: any Decoder) throws {
                text = try? decoder.singleValueContainer().decode(String.self)
            }
        }
    }

    private func get(_ path: String) -> Result<OutgoingAnswer, OutgoingFailure> {
        var limits = TransferLimits()
        limits.kept = 4096
        limits.milliseconds = 5000
        guard let transfers = Transfers(limits: limits, admits: { _, _ in true }),
            transfers.start(
                OutgoingRequest(
                    id: 1, url: url + path, isEncrypted: false, fields: [("Accept", "application/json")], body: nil,
                    socket: socket))
        else { return .failure(.failed) }
        while true {
            if let outcome = transfers.finished().first { return outcome.result }
            transfers.wait(milliseconds: 1000)
        }
    }
}
