import Complaints

extension Estimate {
    private enum Kind {
        case either, elapsed, calendar

        var schema: Schema { self == .elapsed ? .duration : .instant }
    }

    private static let forms = [
        Form(Kind.elapsed, "Elapsed", "Counted from received_at."), Form(Kind.calendar, "Calendar", "By the calendar."),
    ]

    /// `{"from", "to"}`, both durations or both instants, in order; nil when left out.
    static func optional(_ name: String, _ meaning: @autoclosure () -> String, in fields: FieldReader) -> Estimate? {
        fields.optional(object: name, meaning()) { fields in
            fields.named("Estimate", "to is not before from.")
            let kind = fields.form(forms) { .either }
            let from = fields.optional("from", .bound(kind.schema), presence: .required)
            let to = fields.optional("to", .bound(kind.schema), presence: .required)
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
