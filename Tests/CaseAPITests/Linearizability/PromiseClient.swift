import Complaints
import Dispatch
import TestSupport

@testable import CaseAPI

/// One of those who are at work on the same promise.
struct PromiseClient {
    typealias Step = Operation<PromiseModel.Request, PromiseModel.Answer>

    /// An answer that no request of a client's should get.
    struct Unexpected: Error {
        let answer: String
    }

    let id: Int
    let promise: Int64
    let client: TestClient
    var random: SeededRandom
    /// The tag it has seen last.
    private var tag: String?

    init(id: Int, promise: Int64, client: TestClient, seed: UInt64) {
        self.id = id
        self.promise = promise
        self.client = client
        random = SeededRandom(seed)
    }

    /// Does so many things, one after the other.
    mutating func work(_ count: Int) throws -> [Step] {
        try (0..<count).map { index in
            let request = request(index)
            let began = DispatchTime.now().uptimeNanoseconds
            let answer = try ask(request)
            let ended = DispatchTime.now().uptimeNanoseconds
            if case .promise(_, _, _, let tag) = answer { self.tag = tag }
            return Step(client: id, request: request, answer: answer, began: began, ended: ended)
        }
    }

    private mutating func request(_ index: Int) -> PromiseModel.Request {
        let expecting = Bool.random(using: &random) ? tag : nil
        switch Int.random(in: 0..<20, using: &random) {
        case 0..<8: return .read
        case 8..<18:
            // Few names, so that some get what is theirs already.
            let owner = ["Kim", "Lou", "c\(id)-\(index)"].randomElement(using: &random) ?? "Kim"
            return .reassign(owner: owner, expecting: expecting)
        default:
            let settling = PromiseModel.Settling.allCases.randomElement(using: &random) ?? .keep
            return .settle(settling, by: "c\(id)-\(index)", expecting: expecting)
        }
    }

    private func ask(_ request: PromiseModel.Request) throws -> PromiseModel.Answer {
        switch request {
        case .read: return try seen(client.get("/v1/promises/\(promise)"), \.json)
        case .reassign(let owner, let tag):
            return try seen(post("reassign", #"{"owner":"\#(owner)","reason":"Shift"}"#, by: nil, tag), \.["promise"])
        case .settle(let settling, let name, let tag):
            let next = #""next_promise":{"what":"Call","due_in":"P1D","next_step":"We call"}"#
            let told = #""customer_notified":{"channel":"phone","outcome":"reached"}"#
            switch settling {
            case .keep: return try seen(post("keep", "{\(next)}", by: name, tag), \.["promise"])
            case .withdraw:
                let body = #"{"reason":"No need","customer_agreed":true,\#(told),\#(next)}"#
                return try seen(post("withdraw", body, by: name, tag), \.["promise"])
            case .renegotiate:
                let body = #"{"due_in":"P9D","reason":"Stock","next_step":"We call",\#(told)}"#
                let answer = try post("renegotiate", body, by: name, tag)
                return answer.status == 201 ? .renewed : try seen(answer, \.json)
            }
        }
    }

    private func post(_ action: String, _ body: String, by name: String?, _ tag: String?) throws -> JSONAnswer {
        var fields: [String: String] = [:]
        if let name { fields["Casekeeper-Actor"] = name }
        if let tag { fields["If-Match"] = tag }
        return try client.post("/v1/promises/\(promise)/\(action)", body, fields: fields)
    }

    private func seen(
        _ answer: JSONAnswer, _ promise: (JSONAnswer) -> JSONValue
    ) throws -> PromiseModel.Answer {
        switch (answer.status, answer.code) {
        case (200, _):
            let promise = promise(answer)
            guard let state = promise["state"].text.flatMap(PromiseState.init(rawValue:)),
                let tag = answer.fields["etag"]
            else { break }
            return .promise(owner: promise["owner"].text, state: state, settledBy: promise["settled_by"].text, tag: tag)
        case (409, "promise_settled"):
            guard let name = answer["settled_by"].text,
                let state = answer["state"].text.flatMap(PromiseState.init(rawValue:))
            else { break }
            return .settledBefore(by: name, state: state)
        case (412, _): return .stale
        default: break
        }
        throw Unexpected(answer: answer.response.text)
    }
}
