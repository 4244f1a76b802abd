/// JSON Schema of a request, as what reads it has it.
struct RequestSchema: Sendable {
    typealias Component = (name: String, schema: Schema)

    /// Of the schema among the components.
    let name: String
    /// That schema, after those that it leads to.
    let components: [Component]

    /// - Parameter components: may have one of a name more than once.
    init(name: String, _ components: [Component]) {
        self.name = name
        self.components = components
    }

    /// Of what `read` takes.
    init<Value>(_ read: (FieldReader) -> Value) {
        self = FieldRecorder.record(read).schema
    }

    var reference: Schema { .named(name) }
}
