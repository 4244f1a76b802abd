import Complaints

/// A header field that answers have.
enum AnswerHeader: String, CaseIterable {
    case requestID = "X-Request-Id"
    case contentTypeOptions = "X-Content-Type-Options"
    case resourcePolicy = "Cross-Origin-Resource-Policy"
    case cacheControl = "Cache-Control"
    case eTag = "ETag"
    case location = "Location"
    case link = "Link"
    case asOf = "Casekeeper-As-Of"
    case searchIncomplete = "Casekeeper-Search-Incomplete"
    case replayed = "Idempotency-Replayed"
    case retryAfter = "Retry-After"
    case authenticate = "WWW-Authenticate"
    case accept = "Accept"
    case acceptPatch = "Accept-Patch"
    case acceptEncoding = "Accept-Encoding"
    case vary = "Vary"
    case contentEncoding = "Content-Encoding"
    case contentDisposition = "Content-Disposition"
    case accelBuffering = "X-Accel-Buffering"
    case referrerPolicy = "Referrer-Policy"
    case robotsTag = "X-Robots-Tag"

    /// Of every answer, whoever gives it.
    static let ofAll = [AnswerHeader.requestID, .contentTypeOptions, .resourcePolicy].map(\.reference)

    /// Of every answer that is compressed for whoever asks.
    static let ofCodable = [AnswerHeader.vary.reference, AnswerHeader.contentEncoding.reference]

    /// Among the components.
    var json: JSONValue {
        ["description": .string(description), "required": .boolean(!isOccasional), "schema": schema.json]
    }

    /// Whether an answer that can have it may be without it.
    private var isOccasional: Bool {
        switch self {
        case .link, .searchIncomplete, .replayed, .accept, .acceptPatch, .acceptEncoding, .vary, .contentEncoding,
            .contentDisposition, .accelBuffering:
            true
        default: false
        }
    }

    private var description: String {
        switch self {
        case .requestID: "Names the request in the service's log."
        case .contentTypeOptions: "Keeps browsers from guessing what it is."
        case .resourcePolicy: "Keeps browsers from handing it to pages of other origins."
        case .cacheControl: "no-store, or for what has an ETag private, no-cache."
        case .eTag: "A strong entity tag, which also changes when a derived field does."
        case .location: "Where what was made is."
        case .link: "The next page (rel=next); missing on the last."
        case .asOf: "The instant that the answer is told for."
        case .searchIncomplete:
            "That q may not have found all that there is: the full-text index is being made anew, from the newest on."
        case .replayed: "The answer is the one that an earlier request with this Idempotency-Key got."
        case .retryAfter: "Seconds to wait before trying again."
        case .authenticate: "What to send."
        case .accept: "The media types that the body may have."
        case .acceptPatch: "The media types that the patch may have."
        case .acceptEncoding: "That the body has to come as it is."
        case .vary: "What of the request the answer's form follows from."
        case .contentEncoding: "gzip where the request's Accept-Encoding has it and the body is longer than 1 KiB."
        case .contentDisposition: "What CSV is saved as; missing on JSON."
        case .referrerPolicy: "Has browsers tell no other page where somebody came from."
        case .robotsTag: "Has search engines leave the page out."
        case .accelBuffering: "Has nginx pass on what is streamed at once; missing on anything else."
        }
    }

    private var schema: Schema {
        switch self {
        case .requestID, .accept, .acceptPatch: .text.with("minLength", 1)
        case .contentTypeOptions: .word("nosniff")
        case .resourcePolicy: .word("same-origin")
        case .cacheControl: Schema(["type": "string", "enum": ["no-store", "private, no-cache"]])
        case .eTag: Schema(["type": "string", "pattern": #"^"[^"]+"$"#])
        case .location: Schema(["type": "string", "format": "uri-reference", "pattern": "^/v1/"])
        case .link: Schema(["type": "string", "pattern": #"^</v1/[^>]*>; rel="next"$"#])
        case .asOf: .utcInstant
        case .searchIncomplete, .replayed: .word("true")
        case .retryAfter: .integer(1...3600)
        case .authenticate: .word("Bearer")
        case .acceptEncoding: .word("identity")
        case .vary: Schema(["type": "string", "enum": ["Accept-Encoding", "Accept-Encoding, Accept"]])
        case .contentEncoding: .word("gzip")
        case .accelBuffering: .word("no")
        case .referrerPolicy: .word("no-referrer")
        case .robotsTag: .word("noindex, nofollow")
        case .contentDisposition:
            Schema(["type": "string", "pattern": #"^attachment; filename="[A-Za-z0-9_-]+\.csv"$"#])
        }
    }

    /// The field in an answer that may be without it though others have it always.
    var occasional: (name: String, value: JSONValue) {
        (rawValue, ["description": .string(description), "schema": schema.json])
    }

    /// The field in an answer.
    var reference: (name: String, value: JSONValue) {
        (rawValue, ["$ref": .string("#/components/headers/\(rawValue)")])
    }
}
