import Complaints
import HTTPServer
import HTTPTypes

/// A form that an answer can have.
protocol MediaForm {
    /// Without parameters.
    var mediaType: StaticString { get }
}

/// The forms that answers have.
enum Representation: String, Vocabulary, MediaForm {
    case json, csv

    /// The media type, with its charset where it has one.
    var contentType: String {
        switch self {
        case .json: "application/json"
        case .csv: "text/csv; charset=utf-8; header=present"
        }
    }

    var mediaType: StaticString {
        switch self {
        case .json: "application/json"
        case .csv: "text/csv"
        }
    }

    /// What the client wants of what is `offered`, by Accept (RFC 9110 section 12.5.1). Between equals the one that
    /// is named more precisely wins, then the first offered.
    ///
    /// - Throws: 406 when it wants none of them.
    static func negotiated<Form: MediaForm>(for fields: HeaderFields, offered: [Form]) throws(Problem) -> Form {
        guard let elements = fields[.accept]?.elements, !elements.isEmpty else { return offered[0] }
        let ranges = elements.compactMap { MediaType($0) }
        var best: (representation: Form, weight: Weight)?
        for representation in offered {
            guard
                let weight = ranges.compactMap({ weight(of: representation.mediaType, in: $0) }).max(by: {
                    $0.rank < $1.rank
                }),
                weight.quality > 0
            else { continue }
            let isBetter = best.map { ($0.weight.quality, $0.weight.rank) < (weight.quality, weight.rank) } ?? true
            if isBetter { best = (representation, weight) }
        }
        guard let best else {
            let names = offered.map(\.mediaType.description).joined(separator: " or ")
            var problem = Problem(.notAcceptable, "There is no such representation here: accept \(names).")
            problem.headerFields[.vary] = "Accept"
            throw problem
        }
        return best.representation
    }

    /// - Throws: 406 when Accept-Encoding lets no coding be that there is (RFC 9110 section 12.5.3).
    static func requireCoding(_ codings: AcceptedCodings) throws(Problem) {
        guard !codings.isSatisfiable else { return }
        throw Problem(.notAcceptable, "Accept-Encoding leaves no coding that there is: let it take gzip or identity.")
    }

    private struct Weight {
        /// In thousandths.
        let quality: Int
        /// How precisely the range names the type: 2 exactly, 1 by its first half, 0 not at all.
        let rank: Int
    }

    private static func weight(of name: StaticString, in range: MediaType) -> Weight? {
        let rank: Int
        if range.isNamed(name) {
            rank = 2
        } else if range.isRange(of: name) {
            rank = 1
        } else if range.isEverything {
            rank = 0
        } else {
            return nil
        }
        // What is no weight is none to count on.
        let quality = range.parameters.first { $0.name.isWord("q") }.map { $0.value.weight ?? 0 } ?? 1000
        return Weight(quality: quality, rank: rank)
    }
}
