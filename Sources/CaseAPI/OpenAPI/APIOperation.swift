import HTTPTypes

/// What the document says of a route besides what its endpoint does: method, path, role and forms are the route map's.
struct APIOperation: Sendable {
    let method: HTTPRequest.Method
    let pattern: String
    /// A name for programs.
    let id: String
    let summary: String
    var description = ""
    /// The parameters of its query.
    var query: QuerySchema = .none
    var body: Body?
    let answer: Answer
    /// What can go wrong besides what can with every route of its kind.
    var problems: [ProblemKind] = []

    /// What is sent.
    struct Body: Sendable {
        /// As what reads it has it.
        let schema: RequestSchema
        /// Whether it may be left out, for an empty object.
        let isOptional: Bool
        /// Each works on a desk that is ready for it.
        let examples: [Example]

        /// A file, which is sent as it is: what it means, and its text for examples.
        init(file name: String, _ meaning: String, examples: [Example]) {
            schema = RequestSchema(name: name, [(name, Schema.text.described(meaning))])
            isOptional = false
            self.examples = examples
        }

        init<Value>(_ read: (FieldReader) -> Value, isOptional: Bool = false, examples: [Example]) {
            schema = RequestSchema(read)
            self.isOptional = isOptional
            self.examples = examples
        }
    }

    struct Example: Sendable {
        let name: String
        let summary: String
        let value: JSONValue

        init(_ name: String, _ summary: String, _ value: JSONValue) {
            self.name = name
            self.summary = summary
            self.value = value
        }
    }

    /// What is answered when all goes well.
    struct Answer: Sendable {
        enum Kind: Sendable {
            /// JSON by that schema.
            case document(String)
            /// JSON by that schema with an entity tag: something that can be asked for again.
            case resource(String)
            /// The same, just made: with a Location.
            case created(String)
            /// The same, changed as a whole, or just made: then with a Location.
            case replaced(String)
            /// A page of a list of such, or all of it as CSV.
            case list(String)
            /// JSON by that schema, or CSV.
            case report(String)
            /// JSON by that schema, CSV, or text for people.
            case digest(String)
            /// JSON by that schema: what became of each of many, with 207 where not all are made.
            case results(String)
            /// JSON by that schema, with where to go on, or CSV, or each of it as it comes.
            case feed(String)
            /// JSON by that schema, or a page for people.
            case page(String)
            /// Text of that media type.
            case text(String)
        }

        let kind: Kind
        let description: String
        /// Operations that can be called with what is in the answer.
        var links: [Link] = []

        init(_ kind: Kind, _ description: String, links: [Link] = []) {
            self.kind = kind
            self.description = description
            self.links = links
        }
    }

    /// That an operation takes a value of an answer.
    struct Link: Sendable {
        let operation: String
        let parameter: String
        /// A runtime expression.
        let value: String
    }

    init(
        _ method: HTTPRequest.Method, _ pattern: String, _ id: String, _ summary: String, description: String = "",
        query: QuerySchema = .none, body: Body? = nil, answer: Answer, problems: [ProblemKind] = []
    ) {
        self.method = method
        self.pattern = pattern
        self.id = id
        self.summary = summary
        self.description = description
        self.query = query
        self.body = body
        self.answer = answer
        self.problems = problems
    }

    /// All there are.
    static let all =
        CaseOperations.all + LogOperations.all + PromiseOperations.all + CustomerOperations.all + PolicyOperations.all
        + CalendarOperations.all + RegimeOperations.all + OwnerOperations.all + TokenOperations.all
        + EventOperations.all + QueueOperations.all + DigestOperations.all
        + ReportOperations.all
        + WebhookOperations.all + ShareOperations.all
        + ServiceOperations.all

    /// The one of a route. A test holds the map to it.
    static func of(_ method: HTTPRequest.Method, _ pattern: String) -> APIOperation? {
        all.first { $0.method == method && $0.pattern == pattern }
    }
}

extension APIOperation.Link {
    static func links(to operations: [String], _ parameter: String, _ value: String) -> [APIOperation.Link] {
        operations.map { APIOperation.Link(operation: $0, parameter: parameter, value: value) }
    }
}
