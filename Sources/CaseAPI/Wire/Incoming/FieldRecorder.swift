import Complaints

/// Generator of the JSON Schema of a request: it stands in for the request while a reader is run, and notes each field
/// that is read.
///
/// A reader that decides between forms is run once for each: a run takes one way through its decisions, and the next run
/// the next way, until all were taken. Each way is a closed object, and the request is one of them.
final class FieldRecorder {
    /// What was decided, and between how many.
    private struct Decision {
        let choice: Int
        let count: Int
    }

    /// The way that this run takes; past its end, always the first form.
    private let way: [Int]
    private var decisions: [Decision] = []
    private var fields: [Field] = []
    /// What the object must match besides; an object.
    private var wanted: JSONValue = [:]
    /// What it must not match.
    private var refused: [JSONValue] = []
    private var name = ""
    private var meaning = ""
    private var formSuffix = ""
    /// The names of the forms that were decided for, and what they mean.
    private var forms: [(name: String, meaning: String)] = []
    private var parts: [RequestSchema.Component] = []

    private init(way: [Int]) { self.way = way }

    /// What `body` reads, and what it made of nothing.
    static func record<T>(_ body: (FieldReader) -> T) -> (value: T, schema: RequestSchema) {
        var runs: [FieldRecorder] = []
        var way: [Int]? = []
        var value: T?
        while let next = way {
            let run = FieldRecorder(way: next)
            value = body(FieldReader(recorder: run))
            runs.append(run)
            way = run.nextWay
        }
        return (value!, schema(of: runs))
    }

    /// The next one in order; nil after the last.
    private var nextWay: [Int]? {
        guard let last = decisions.lastIndex(where: { $0.choice + 1 < $0.count }) else { return nil }
        return decisions[..<last].map(\.choice) + [decisions[last].choice + 1]
    }

    private static func schema(of runs: [FieldRecorder]) -> RequestSchema {
        let (name, meaning, parts) = (runs[0].name, runs[0].meaning, runs.flatMap(\.parts))
        precondition(!name.isEmpty, "a request that is described needs a name")
        guard runs.count > 1 else {
            return RequestSchema(name: name, parts + [(name, runs[0].object.described(meaning))])
        }
        let forms = runs.map { (name: $0.formName, schema: $0.object.described($0.formMeaning)) }
        let whole = Schema.oneOf(forms.map { .named($0.name) }).described(meaning)
        return RequestSchema(name: name, parts + forms + [(name, whole)])
    }

    private var object: Schema {
        let object = wanted.members.reduce(Schema.object(fields)) { $0.with($1.name.string, $1.value) }
        return switch refused.count {
        case 0: object
        case 1: object.with("not", refused[0])
        default: object.with("not", ["anyOf": .array(refused)])
        }
    }

    /// The last decision is the most special one, and goes first.
    private var formName: String {
        forms.reversed().map(\.name).joined() + formSuffix
    }

    private var formMeaning: String { forms.map(\.meaning).filter { !$0.isEmpty }.joined(separator: " ") }
}

// MARK: - What a reader asks for
extension FieldRecorder {
    func name(_ name: String, _ meaning: String, forms: String) {
        (self.name, self.meaning, formSuffix) = (name, meaning, forms)
    }

    func note(_ name: String, _ schema: Schema, _ meaning: String, _ presence: Presence) {
        let field: Field =
            switch presence {
            case .required: .always(name, schema, meaning)
            case .optional: .optional(name, schema, meaning)
            case .replaced: .sometimes(name, schema, meaning)
            case .absent: .sometimes(name, .null)
            }
        precondition(!fields.contains { $0.name == name }, "\(name) is read twice")
        fields.append(field)
    }

    func note<T>(object name: String, _ meaning: String, _ presence: Presence, _ body: (FieldReader) -> T) -> T {
        let (value, schema) = Self.record(body)
        parts += schema.components
        note(name, schema.reference, meaning, presence)
        return value
    }

    func note<T>(
        objects name: String, _ meaning: String, _ presence: Presence, count: ClosedRange<Int>? = nil,
        _ body: (FieldReader) -> T
    ) -> T {
        let (value, schema) = Self.record(body)
        parts += schema.components
        note(name, .array(schema.reference, count), meaning, presence)
        return value
    }

    /// A field whose value decides about the form.
    func note<Value: Sendable>(_ name: String, deciding forms: [Form<Value>], _ constant: (Value) -> Schema) -> Value {
        let form = decide(forms)
        note(name, constant(form.value), form.meaning, .required)
        self.forms.append((form.name, ""))
        return form.value
    }

    func form<Value: Sendable>(of forms: [Form<Value>]) -> Value {
        let form = decide(forms)
        self.forms.append((form.name, form.meaning))
        return form.value
    }

    private func decide<Value: Sendable>(_ forms: [Form<Value>]) -> Form<Value> {
        let choice = decisions.count < way.count ? way[decisions.count] : 0
        decisions.append(Decision(choice: choice, count: forms.count))
        return forms[choice]
    }

    /// Without the first the second, without both the third: of a `oneOf` of what is required, generators make forms that
    /// hardly differ, and have no name.
    func requireOne(of names: [String]) {
        wanted = names.dropLast().reversed().reduce(Self.given(Array(names.suffix(1)))) { rest, name in
            ["if": ["not": Self.given([name])], "then": rest]
        }
        refuseTwo(of: names)
    }

    func refuseTwo(of names: [String]) {
        for (index, name) in names.enumerated() {
            refused += names[(index + 1)...].map { Self.given([name, $0]) }
        }
    }

    /// What has these fields, and none of them null, which stands for one that was left out.
    private static func given(_ names: [String]) -> JSONValue {
        let isNull: JSONValue = ["type": "null"]
        return ["required": .texts(names), "properties": .members(names.map { (name: $0, value: ["not": isNull]) })]
    }
}
