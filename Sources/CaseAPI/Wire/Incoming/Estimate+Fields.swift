import Complaints

extension Estimate {
    /// `{"from", "to"}`, both durations or both instants, in order; nil when left out.
    static func optional(_ name: String, in fields: FieldReader) -> Estimate? {
        fields.optional(object: name) { fields in
            let from = fields.optional("from", .bound)
            let to = fields.optional("to", .bound)
            for name in ["from", "to"] where !fields.has(name) { fields.reportMissing(name) }
            let placeholder = Estimate(from: .after(.zero), to: .after(.zero))
            guard let from, let to else { return placeholder }
            let estimate = Estimate(from: from, to: to)
            if !estimate.isOrdered {
                fields.issue("to", .conflictingFields, "must be of the same form as from, and not before it.")
            }
            return estimate
        }
    }
}
