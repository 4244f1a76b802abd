import Complaints

extension AbsenceRequest {
    /// The body of `PUT /v1/owners/{name}/absence`.
    init(_ fields: FieldReader) {
        fields.named("AbsenceRequest")
        self.init(
            from: fields.required("from", .date, "The first date, by the clocks where they are.", placeholder: .epoch),
            until: fields.required("until", .date, "The last date, not before today.", placeholder: .epoch),
            standIn: fields.optional(
                "stand_in", .text(.somebody), "Whom to turn to meanwhile, who must be known. Nothing is theirs by that."
            ))
    }
}
