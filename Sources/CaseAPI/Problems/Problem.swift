import Complaints
import HTTPServer
import HTTPTypes

/// A problem details object (RFC 9457), before it is written.
struct Problem: Error, Sendable, Hashable {
    let kind: ProblemKind
    /// What happened here and what to do, in a sentence.
    let detail: String
    /// Every field or parameter that is wrong.
    var errors: [Item] = []
    var members: [Member] = []
    var headerFields: HTTPFields = [:]

    init(_ kind: ProblemKind, _ detail: String) {
        self.kind = kind
        self.detail = detail
        if let seconds = kind.retryAfter { headerFields[.retryAfter] = String(seconds) }
    }

    /// 404 for something that is named as `case 99`.
    static func missing(_ name: String) -> Problem { Problem(.notFound, "There is no \(name).") }

    /// One wrong field or parameter.
    struct Item: Sendable, Hashable {
        enum Place: Sendable, Hashable {
            /// A JSON pointer as a URI fragment.
            case pointer(String)
            case parameter(String)
        }

        let place: Place
        let code: String
        let detail: String
        /// What was most likely meant, for a page to offer: the detail says it, too.
        var meant: String?

        /// The same, where what it points into is an item of a list.
        func inside(_ path: FieldPath) -> Item {
            guard case .pointer(let pointer) = place else { return self }
            return Item(place: .pointer(path.pointer + pointer.dropFirst()), code: code, detail: detail, meant: meant)
        }
    }

    /// A further member, for programs.
    struct Member: Sendable, Hashable {
        enum Value: Sendable, Hashable {
            case integer(Int64)
            case integers([Int64])
            case text(String)
            case promise(PromiseRequest)
        }

        /// All there are.
        enum Name: String, Vocabulary {
            case promiseIDs = "promise_ids"
            case caseID = "case_id"
            case customerID = "customer_id"
            case settledBy = "settled_by"
            case settledAt = "settled_at"
            case state
            case reason
            case limit
            case nextPromise = "next_promise"
        }

        let name: Name
        let value: Value

        init(_ name: Name, _ value: Value) {
            self.name = name
            self.value = value
        }
    }

    /// The response that says so.
    func response(requestID: String) -> Response {
        var fields = headerFields
        fields[.contentType] = "application/problem+json"
        fields[.cacheControl] = "no-store"
        var response = Response(status: kind.status, headerFields: fields, body: .bytes(body(requestID: requestID)))
        response.isCodable = true
        return response
    }

    /// In lines, for whoever sees it in a terminal.
    private func body(requestID: String) -> [UInt8] {
        JSONIndenter.indented(JSONWriter.object { write(to: &$0, requestID: requestID) }) + [UInt8(ascii: "\n")]
    }

    /// Its members; without a request's id where it is a part of an answer.
    func write(to json: inout JSONWriter, requestID: String? = nil) {
        json.member("type", kind.type)
        json.member("title", kind.title)
        json.member("status", kind.status.code)
        json.member("detail", detail)
        json.member("code", kind)
        if let requestID { json.member("request_id", requestID) }
        if !errors.isEmpty {
            json.member("errors", array: { for error in errors { $0.write(error) } })
        }
        for member in members { json.write(member) }
    }
}

extension JSONWriter {
    fileprivate mutating func write(_ item: Problem.Item) {
        object { json in
            switch item.place {
            case .pointer(let pointer): json.member("pointer", pointer)
            case .parameter(let name): json.member("parameter", name)
            }
            json.member("code", item.code)
            json.member("detail", item.detail)
        }
    }

    fileprivate mutating func write(_ member: Problem.Member) {
        switch member.value {
        case .integer(let integer): self.member(named: member.name.rawValue, integer)
        case .text(let text): self.member(named: member.name.rawValue, text)
        case .integers(let integers): self.member(named: member.name.rawValue, integers)
        case .promise(let request):
            self.member("next_promise", object: { $0.writeMembers(of: request) })
        }
    }
}
