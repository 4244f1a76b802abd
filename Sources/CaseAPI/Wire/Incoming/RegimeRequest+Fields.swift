import Complaints

extension RegimeRequest {
    /// The body of `PUT /v1/regimes/{name}`.
    init(_ fields: FieldReader) {
        fields.named("RegimeRequest", "What an authority asks for when complaints are answered, as clocks.")
        self.init(
            title: fields.required("title", .text(.subject), "What it is, in a line.", placeholder: ""),
            authority: fields.required("authority", .text(.name), "Whose rules they are.", placeholder: ""),
            source: fields.required("source", .text(.subject), "Where they stand, as a citation.", placeholder: ""),
            calendar: fields.required(
                "calendar", .text(.name),
                "The calendar with the authority's weekends and holidays, by name: its clocks count business days on that one "
                    + "alone, and all of them by its zone.", placeholder: ""),
            receivedClosed: fields.optional(
                "received_closed", FieldKind<Regime.ReceivedClosed>.word,
                "Which date is day 0 of what came on one that the calendar has closed. Without it, same.") ?? .same,
            period: RegimePeriod(
                from: fields.optional(
                    "valid_from", .date, "The first local date of receipt that it holds for. Without it, from ever."),
                until: fields.optional("valid_until", .date, "The last one. Without it, it still holds.")),
            stages: fields.objects(
                "stages", "In order, the first one first.", count: 1...Limits.regimeStages, presence: .required,
                RegimeStage.init(_:)))
        if !fields.has("stages") { fields.reportMissing("stages") }
        fields.sentBack(RegimeRecord.shown.names())
    }
}

extension RegimeStage {
    fileprivate init(_ fields: FieldReader) {
        fields.named("RegimeStageRequest", "A stage of a procedure.")
        self.init(
            name: fields.required("name", .text(.tag), "Once in a regime; they compare without case.", placeholder: ""),
            clocks: fields.objects(
                "clocks", "What runs in it.", count: 0...Limits.stageClocks, RegimeClock.init(_:)))
    }
}

extension RegimeClock {
    fileprivate init(_ fields: FieldReader) {
        fields.named("RegimeClockRequest", "How long after what something is due, and what that makes.")
        let name = fields.required(
            "name", .text(.tag), "Once in a stage; they compare without case.", placeholder: "")
        let anchor = fields.required("anchor", .clockAnchor, "What starts it.", placeholder: .received)
        let length = ClockLength(of: fields)
        let until = fields.optional(
            "until", FieldKind<ClockTime>.word,
            "When on its date it is due: not beside hours. Without it, end_of_day.")
        let insteadOf = fields.optional(
            "instead_of", .text(.tag),
            "A clock of the stage that need not be met where the case is resolved by when this one is due.")
        self.init(
            name: name, anchor: anchor, length: length,
            until: until ?? (length.unit == .hours ? nil : .endOfDay),
            every: fields.optional(
                "every", .flag,
                "Whether it begins anew each time that what it made is kept, while the stage is open. Without it, false."
            )
                ?? false,
            makes: fields.optional(
                "makes", .clockProduct, "What it makes. Without it, nothing: only beside instead_of."),
            metBy: fields.values(
                "met_by", FieldKind<PromiseKind>.word,
                "The kinds of promises to the customer that meet it once one is kept. Without any, the kind that it makes.",
                count: 0...PromiseKind.allCases.count) ?? [],
            insteadOf: insteadOf,
            extension: fields.optional(
                object: "extension", "By how much it may be extended at most; without it, not at all."
            ) {
                fields in
                fields.named("ClockExtensionRequest")
                let length = ClockLength(of: fields)
                let from = fields.required(
                    "from", .word, "From when that counts.",
                    placeholder: ClockExtension.Start.due)
                return ClockExtension(length, from: from)
            })
    }
}

extension ClockLength {
    /// `count` and `unit`; how many of which unit there may be is a rule of its own.
    fileprivate init(of fields: FieldReader) {
        let count = fields.required(
            "count", .integer(in: 1...Int64(ClockUnit.hours.counts.upperBound)),
            "How many: \(ClockUnit.allCases.map { "\($0.rawValue) up to \($0.counts.upperBound)" }.joined(separator: ", ")).",
            placeholder: 1)
        self.init(Int(count), fields.required("unit", .word, "Of what.", placeholder: ClockUnit.days))
    }
}

extension FieldKind<ClockAnchor> {
    /// What starts a clock, as JSON has it.
    fileprivate static var clockAnchor: FieldKind {
        FieldKind(.named("ClockAnchor")) { value throws(FieldFault) in
            guard case .string(let text) = value else { throw wrongType(value, expected: "a string") }
            guard let anchor = ClockAnchor(text.string) else {
                throw FieldFault(
                    .invalidValue, NearestName.advice(for: text.string, among: ClockAnchor.all.map(\.text)))
            }
            return anchor
        }
    }
}

extension FieldKind<ClockProduct> {
    /// What a clock makes, as JSON has it.
    fileprivate static var clockProduct: FieldKind {
        FieldKind(.named("ClockProduct")) { value throws(FieldFault) in
            guard case .string(let text) = value else { throw wrongType(value, expected: "a string") }
            guard let product = ClockProduct(text.string) else {
                throw FieldFault(
                    .invalidValue, NearestName.advice(for: text.string, among: ClockProduct.all.map(\.text)))
            }
            return product
        }
    }
}
