/// An OpenAPI document as what it promises: that whatever is answered is in it.
public struct APIContract: Sendable {
    /// The document.
    public let document: JSONNode
    /// Its schemas.
    public let schema: JSONSchema

    /// Every path's pattern in segments, those with the fewest parameters first.
    private let patterns: [(pattern: String, segments: [Substring])]

    /// A request and its answer, as they went over the wire.
    public struct Exchange: Sendable {
        let method: String
        let target: String
        let status: Int
        /// By name in lower case.
        let fields: [String: String]
        let body: [UInt8]

        /// - Parameters:
        ///   - fields: the answer's, by name in lower case.
        ///   - body: the answer's, without any transfer coding.
        public init(method: String, target: String, status: Int, fields: [String: String], body: [UInt8]) {
            self.method = method
            self.target = target
            self.status = status
            self.fields = fields
            self.body = body
        }
    }

    /// Reads the document.
    public init(_ document: [UInt8]) throws {
        self.document = try JSONNode(document)
        schema = JSONSchema(root: self.document)
        patterns = (self.document["paths"]?.members ?? [:]).keys
            .map { (pattern: $0, segments: $0.split(separator: "/", omittingEmptySubsequences: false)) }
            .sorted { Self.parameters($0.segments) < Self.parameters($1.segments) }
    }

    private static func parameters(_ segments: [Substring]) -> Int { segments.count { $0.hasPrefix("{") } }

    /// The pattern that a path is of; nil when there is none.
    public func pattern(of path: some StringProtocol) -> String? {
        let segments = path.split(separator: "/", omittingEmptySubsequences: false)
        return patterns.first { pattern in
            pattern.segments.count == segments.count
                && zip(pattern.segments, segments).allSatisfy { $0.hasPrefix("{") ? !$1.isEmpty : $0 == $1 }
        }?.pattern
    }

    /// What of an answer is not as the document has it.
    public func violations(of exchange: Exchange) -> [String] {
        let path = exchange.target.prefix { $0 != "?" }
        guard let pattern = pattern(of: path), let item = document["paths"]?[pattern] else {
            return exchange.status == 204 ? [] : problemViolations(of: exchange)
        }
        let method = exchange.method.lowercased()
        guard let operation = item[method == "head" ? "get" : method] else {
            if exchange.method == "OPTIONS", exchange.status == 204 { return allowViolations(of: exchange, item) }
            let refusal = problemViolations(of: exchange)
            return exchange.status == 405 ? refusal + allowViolations(of: exchange, item) : refusal
        }
        guard let found = operation["responses"]?[String(exchange.status)] else {
            return ["the status \(exchange.status) is not documented"]
        }
        let response = found["$ref"]?.text.flatMap(schema.resolve) ?? found
        return headerViolations(of: exchange, response) + contentViolations(of: exchange, response)
    }
}

extension APIContract {
    /// What is said of the message and not of what it says (RFC 9110 section 6.6, RFC 9112).
    private static let framing: Set = [
        "date", "content-length", "content-type", "transfer-encoding", "connection",
    ]

    private func headerViolations(of exchange: Exchange, _ response: JSONNode) -> [String] {
        let documented = response["headers"]?.members ?? [:]
        var violations: [String] = []
        for (name, found) in documented {
            let header = found["$ref"]?.text.flatMap(schema.resolve) ?? found
            if let text = exchange.fields[name.lowercased()] {
                let isInteger = header["schema"]?["type"]?.text == "integer"
                let value = isInteger ? Double(text).map(JSONNode.number) ?? .string(text) : .string(text)
                violations += schema.violations(of: value, by: header["schema"] ?? .null, at: name)
            } else if header["required"] == .boolean(true) {
                violations.append("the header \(name) is missing")
            }
        }
        let known = Self.framing.union(documented.keys.map { $0.lowercased() })
        return violations
            + exchange.fields.keys.filter { !known.contains($0) }.map { "the header \($0) is not documented" }
    }

    private func contentViolations(of exchange: Exchange, _ response: JSONNode) -> [String] {
        let type = exchange.fields["content-type"].map { String($0.prefix { $0 != ";" }) }
        guard let content = response["content"]?.members else {
            return exchange.body.isEmpty && type == nil ? [] : ["a body is not documented"]
        }
        guard let type, let media = content[type] else { return ["\(type ?? "no content type") is not documented"] }
        guard exchange.method != "HEAD" else { return exchange.body.isEmpty ? [] : ["HEAD was answered with a body"] }
        guard type.hasSuffix("json") else { return [] }
        do {
            let isCoded = exchange.fields["content-encoding"] == "gzip"
            let body = isCoded ? try gunzip(exchange.body) : exchange.body
            let value = try JSONNode(body)
            // What fields asks for is all that is there.
            let isPart = exchange.status == 200 && exchange.target.firstMatch(of: /[?&]fields=/) != nil
            return (isPart ? schema.ofParts : schema).violations(of: value, by: media["schema"] ?? .null)
                + codeViolations(of: value, exchange.status, response)
        } catch {
            return ["the body is not JSON: \(error)"]
        }
    }

    /// A problem's status is the answer's, and its code one of those that the answer can have.
    private func codeViolations(of problem: JSONNode, _ status: Int, _ response: JSONNode) -> [String] {
        guard let codes = response["x-codes"]?.items, let code = problem["code"] else { return [] }
        return (codes.contains(code) ? [] : ["the code \(code) is not documented"])
            + (problem["status"] == .number(Double(status)) ? [] : ["the status is not the problem's"])
    }

    /// Where no operation is: what the server makes of the request by itself.
    private func problemViolations(of exchange: Exchange) -> [String] {
        guard exchange.fields["content-type"] == "application/problem+json" else {
            return ["it is no problem document"]
        }
        guard exchange.method != "HEAD" else { return [] }
        guard
            let body = try? JSONNode(
                exchange.fields["content-encoding"] == "gzip" ? gunzip(exchange.body) : exchange.body)
        else { return ["the body is not JSON"] }
        let isSame = body["status"] == .number(Double(exchange.status))
        return schema.violations(of: body, by: .object(["$ref": .string("#/components/schemas/Problem")]))
            + (isSame ? [] : ["the status is not the problem's"])
    }

    /// `Allow` is what the document has there, with HEAD wherever GET, and OPTIONS.
    private func allowViolations(of exchange: Exchange, _ item: JSONNode) -> [String] {
        var methods = Set((item.members ?? [:]).keys.map { $0.uppercased() })
        if methods.contains("GET") { methods.insert("HEAD") }
        let expected = methods.union(["OPTIONS"]).sorted().joined(separator: ", ")
        let allow = exchange.fields["allow"]
        return allow == expected ? [] : ["Allow is \(allow ?? "missing") instead of \(expected)"]
    }
}
