import CaseAPI
import Complaints

/// Paths with what was asked for in their query.
enum Link {
    /// A path of the board or the API with parameters; those that are nil or blank are left out.
    static func to(_ path: String, _ query: [(name: String, value: String?)] = []) -> String {
        let given = query.compactMap { name, value in
            value.flatMap { $0.isEmpty ? nil : "\(encoded(name))=\(encoded($0))" }
        }
        return given.isEmpty ? path : path + "?" + given.joined(separator: "&")
    }

    /// A segment of a path, or a part of a query: all but RFC 3986's unreserved characters is percent-encoded.
    static func encoded(_ text: String) -> String { ExactText(text).percentEncoded }

    /// The page of somebody.
    static func owner(_ name: String) -> String { "/board/owners/\(encoded(name))" }

    /// What a promise is called on its case's page, for links that lead to it.
    static func promise(_ id: Int64) -> String { "promise-\(id)" }

    /// A number to call (RFC 3966): its digits, with the plus before them.
    static func telephone(_ number: String) -> String {
        "tel:"
            + String(
                decoding: number.utf8.filter { (0x30...0x39).contains($0) || $0 == UInt8(ascii: "+") }, as: UTF8.self)
    }
}

extension PageHead {
    /// Holds a page to the parameters that it has: a typo must not look like an empty answer.
    ///
    /// - Throws: `PageProblem` with every other.
    func requireParameters(_ known: String...) throws { try requireParameters(known) }

    /// The same.
    func requireParameters(_ known: [String]) throws {
        let unknown = parameters.map(\.name).filter { name in
            !known.contains { $0.utf8.elementsEqual(name.utf8) }
        }
        if !unknown.isEmpty { throw PageProblem.unknownParameters(unknown) }
        let repeated = known.filter { name in
            parameters.count(where: { $0.name.utf8.elementsEqual(name.utf8) }) > 1
        }
        if !repeated.isEmpty { throw PageProblem.repeatedParameters(repeated) }
    }
}
