import Foundation
import TestSupport

/// One client's work: opens cases, and keeps and renegotiates the promises of those it opened.
struct Clerk {
    enum Outcome {
        case acknowledged(AcknowledgedChange)
        case unexpected(String)
        /// With what it has not answered.
        case serverIsGone(LoadRequest)
    }

    private struct OpenedCase: Decodable {
        struct Promise: Decodable { let id: Int64 }
        let id: Int64
        let promises: [Promise]
    }

    private struct KeptPromise: Decodable {
        struct Next: Decodable { let id: Int64 }
        let nextPromise: Next
    }

    private struct NewPromise: Decodable { let id: Int64 }

    let label: String
    private var random: SeededRandom
    private let connection: LoadConnection
    /// Cases that it has tried to open.
    private var count = 0
    private var requests = 0
    /// The unsettled promise of each case.
    private var promises: [Int64] = []

    /// Nil when there is no connection to be had.
    init?(label: String, seed: UInt64, port: Int) {
        guard let connection = try? LoadConnection(port: port) else { return nil }
        self.init(label: label, seed: seed, connection: connection)
    }

    init(label: String, seed: UInt64, connection: LoadConnection) {
        self.label = label
        random = SeededRandom(seed)
        self.connection = connection
    }

    mutating func work() -> Outcome {
        do {
            guard let index = promises.indices.randomElement(using: &random), Int.random(in: 0..<3, using: &random) > 0
            else { return try open() }
            return Bool.random(using: &random) ? try keep(index) : try renegotiate(index)
        } catch {
            return .unexpected("\(error)")
        }
    }

    private mutating func request(_ path: String, _ json: String) -> LoadRequest {
        requests += 1
        return LoadRequest(path: path, json: json, key: "\(label)-\(requests)")
    }

    private mutating func open() throws -> Outcome {
        count += 1
        let externalID = "\(label)-\(count)"
        let words = String(repeating: "It drips and drips. ", count: Int.random(in: 1...60, using: &random))
        let json = #"{"complaint": "\#(words)", "customer": {"name": "Ida"}, "external_id": "\#(externalID)"}"#
        let request = request("/v1/cases", json)
        guard let answer = connection.post(request) else { return .serverIsGone(request) }
        guard answer.status == 201 else { return unexpected(answer) }
        let opened = try answer.decoded(OpenedCase.self)
        promises.append(opened.promises[0].id)
        return .acknowledged(
            AcknowledgedChange(
                kind: .opened(caseID: opened.id, externalID: externalID, promiseID: opened.promises[0].id),
                requestID: answer.requestID))
    }

    private mutating func keep(_ index: Int) throws -> Outcome {
        let id = promises[index]
        let json = #"{"next_promise": {"what": "Send a plumber", "due_in": "P2D"}}"#
        let request = request("/v1/promises/\(id)/keep", json)
        guard let answer = connection.post(request) else { return .serverIsGone(request) }
        guard answer.status == 200 else { return unexpected(answer) }
        promises[index] = try answer.decoded(KeptPromise.self).nextPromise.id
        return .acknowledged(
            AcknowledgedChange(kind: .kept(promiseID: id, next: promises[index]), requestID: answer.requestID))
    }

    private mutating func renegotiate(_ index: Int) throws -> Outcome {
        let id = promises[index]
        let json = """
            {"due_in": "P5D", "reason": "No plumber", "next_step": "Anna calls",
                "customer_notified": {"channel": "phone", "outcome": "reached"}}
            """
        let request = request("/v1/promises/\(id)/renegotiate", json)
        guard let answer = connection.post(request) else { return .serverIsGone(request) }
        guard answer.status == 201 else { return unexpected(answer) }
        promises[index] = try answer.decoded(NewPromise.self).id
        return .acknowledged(
            AcknowledgedChange(kind: .renegotiated(promiseID: id, by: promises[index]), requestID: answer.requestID))
    }

    private func unexpected(_ answer: LoadAnswer) -> Outcome {
        .unexpected("\(answer.status) \(String(decoding: answer.body, as: UTF8.self))")
    }
}
