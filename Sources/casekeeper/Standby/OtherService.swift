import CaseStore
import Complaints
import Foundation
import HTTPClient

/// Another service, asked for the end of its log, and told of a higher epoch.
struct OtherService {
    /// As it was given.
    let url: String
    private let root: String
    private let isEncrypted: Bool

    /// The end of its log, as it says.
    struct Head: Decodable, Hashable {
        let id: Int64
        let hash: String
        /// Missing in the answers of versions without epochs.
        let epoch: Int64?
        /// The hash of its first entry; missing in the answers of versions that did not say which record they have.
        let record: String?
    }

    /// Nil for what is no `http` or `https` URL.
    init?(_ text: String) {
        guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
            ["http", "https"].contains(scheme), parts.host?.isEmpty == false, parts.query == nil,
            parts.fragment == nil, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return nil }
        url = text
        isEncrypted = scheme == "https"
        root = text.hasSuffix("/") ? String(text.dropLast()) : text
    }

    /// - Parameter token: of a reader; nil where none is needed.
    /// - Throws: `CommandFailure`.
    func logHead(token: String?) throws -> Head {
        try read(send("/v1/log/head", nil, token))
    }

    /// Tells it that this record is of a higher epoch than its own, so that it keeps no changes any more.
    ///
    /// - Parameters:
    ///   - own: the head of this record.
    ///   - token: of an administrator.
    /// - Returns: whether it has taken that to heart. One that may not be told so, or does not know how, has not.
    func tell(of own: LogHead, token: String?) throws -> Bool {
        let body = Array(#"{"epoch":\#(own.epoch),"record":"\#(own.record)"}"#.utf8)
        switch try send("/v1/log/epoch", body, token) {
        case .success(let answer) where answer.status == 200: return true
        // It knew before.
        case .success(let answer) where answer.status == 503:
            return String(decoding: answer.beginning, as: UTF8.self).contains(#""superseded""#)
        case .success, .failure: return false
        }
    }

    private func send(
        _ path: String, _ body: [UInt8]?, _ token: String?
    ) throws -> Result<OutgoingAnswer, OutgoingFailure> {
        var limits = TransferLimits()
        limits.kept = 4096
        guard let transfers = Transfers(limits: limits, admits: { _, _ in true }) else {
            throw CommandFailure(.software, "there is no memory for a request")
        }
        var fields = [("Accept", "application/json")]
        if body != nil { fields.append(("Content-Type", "application/json")) }
        if let token { fields.append(("Authorization", "Bearer \(token)")) }
        guard
            transfers.start(
                OutgoingRequest(id: 1, url: root + path, isEncrypted: isEncrypted, fields: fields, body: body))
        else { throw CommandFailure(.software, "there is no memory for a request") }
        while true {
            if let outcome = transfers.finished().first { return outcome.result }
            transfers.wait(milliseconds: 1000)
        }
    }

    private func read(_ result: Result<OutgoingAnswer, OutgoingFailure>) throws -> Head {
        switch result {
        case .failure(let failure): throw CommandFailure(.inputOutput, "\(url) does not answer (\(failure.words))")
        // What broke off says nothing of who sent it.
        case .success(let answer) where answer.breach == .timedOut || answer.breach == .brokenOff:
            throw CommandFailure(
                .inputOutput, "\(url) does not answer to the end (\((answer.breach ?? .brokenOff).words))")
        case .success(let answer) where answer.status == 200:
            guard let head = try? JSONDecoder().decode(Head.self, from: Data(answer.beginning)),
                Epochs.numbers.contains(head.epoch ?? 1)
            else {
                throw CommandFailure(.badData, "\(url) is no casekeeper: it does not answer with the head of a log")
            }
            return head
        case .success(let answer) where [401, 403].contains(answer.status):
            throw CommandFailure(
                .configuration, "\(url) answers \(answer.status): give a reader's token of it with --token-file")
        case .success(let answer) where answer.status == 404:
            throw CommandFailure(.badData, "\(url) answers 404: it is no casekeeper, or has nothing on record")
        case .success(let answer):
            throw CommandFailure(.inputOutput, "\(url) answers \(answer.status), and not with the head of its log")
        }
    }
}

extension OutgoingFailure {
    fileprivate var words: String {
        switch self {
        case .addressRefused: "its address is refused"
        case .unresolved: "its name leads nowhere"
        case .notConnected: "nobody takes connections there"
        case .timedOut: "it took too long"
        case .notTrusted: "it can't show who it is"
        case .brokenOff: "it broke off"
        case .failed: "it speaks no HTTP"
        }
    }
}

extension OptionForm where Value == OtherService {
    static var service: OptionForm {
        OptionForm("the URL of a service, such as https://desk.example", text: \.url) { OtherService($0) }
    }
}
