import Complaints

extension PromiseRequest {
    /// A new promise, wherever one is sent; of the kind `other` unless it says what it is.
    init(_ fields: FieldReader) {
        self.init(fields, kind: .other)
    }

    /// A promise to ourselves to look at a process again, which has an owner.
    init(review fields: FieldReader) {
        self.init(fields, kind: .other, in: .review)
    }

    /// A promise of the desk to the customer that is of `kind` unless it says what it is, in a place that takes no other.
    init(toCustomer fields: FieldReader, kind: PromiseKind) {
        self.init(fields, kind: kind, in: .toCustomer)
    }

    /// A new promise that is of `kind` unless it says what it is.
    init(_ fields: FieldReader, kind: PromiseKind) {
        self.init(fields, kind: kind, in: .anywhere)
    }

    /// Where a promise is sent, which decides whose it may be.
    private enum Place: String {
        case anywhere = "PromiseRequest"
        case toCustomer = "PromiseToCustomer"
        case review = "Review"
    }

    private init(_ fields: FieldReader, kind: PromiseKind, in place: Place) {
        fields.named(place.rawValue, DueRequest.meaning)
        let isReview = place == .review
        // What a rule takes of them.
        let by = FieldKind<Promiser>.word
        let to = FieldKind<Promisee>.word
        self.init(
            kind: fields.optional(
                "kind", .word, "Without it, \(PromiseKind.other.rawValue), or what its place says.") ?? kind,
            what: fields.required(
                "what", .text(.narrative), "What is promised, in the words of the desk.", placeholder: ""),
            due: DueRequest(fields),
            owner: fields.optional(
                "owner", .text(.somebody),
                isReview ? "Whose review it is." : "Who has to keep it; without it, the case's owner.",
                presence: isReview ? .required : .optional),
            channel: fields.optional("channel", .word, "The way it is to be kept."),
            nextStep: fields.optional(
                "next_step", .text(.narrative), "What happens next, as the customer is told."),
            by: fields.optional(
                "by", place == .anywhere ? by : by.narrowed(to: .word(Promiser.desk.rawValue)),
                "Without it, \(Promiser.desk.rawValue).") ?? .desk,
            to: fields.optional(
                "to",
                place == .anywhere
                    ? to : to.narrowed(to: .word((isReview ? Promisee.us : .customer).rawValue)),
                place == .anywhere
                    ? "Without it, customer for the desk's promises and us for the customer's, which are made to us only."
                    : "Without it, \(isReview ? Promisee.us : .customer)."
            ) ?? (isReview ? .us : nil),
            customerNotified: fields.optional(
                object: "customer_notified", "How the customer was told; without it, they know of it as it is made.",
                NoticeRequest.init(_:)),
            concession: fields.optional(
                "concession", .integer, "The concession that it makes good, by its seq in the case's log."))
        fields.readOnly(PromiseView.shown.names())
    }
}

extension AddPromiseRequest {
    /// The body of `POST /v1/cases/{id}/promises`.
    init(_ fields: FieldReader) {
        self.init(
            PromiseRequest(fields),
            keeps: fields.optional(
                "keeps", .integer, "Another promise of the case, which is settled as kept in the same step."))
        fields.named("FurtherPromise", DueRequest.meaning)
    }
}

extension DueRequest {
    private static let names = ["due_at", "due_in"] + BusinessDueRequest.names

    /// What an object means that has one.
    static let meaning = "By when, says exactly one of \(names.joined(separator: ", "))."

    /// Exactly one of `due_at`, `due_in`, `due_in_business` and `due_on`, with `at` beside the last two.
    init(_ fields: FieldReader) {
        let names = fields.given(exactlyOneOf: Self.names)
        let elapsed: [DueRequest?] = [
            fields.optional("due_at", .instant, "After now, and no further off than the policy's max_span.")
                .map(DueRequest.at),
            fields.optional(
                "due_in", .duration,
                "Elapsed time from now, from \(Limits.shortestSpan.iso8601) to the policy's max_span."
            ).map(DueRequest.after),
        ]
        let business = BusinessDueRequest.optional(fields, "now", besides: ["due_at", "due_in"])
        if names.isEmpty {
            fields.reportMissing(
                "due_at", "must be given, or one of \(Self.names.dropFirst().joined(separator: ", ")).")
        }
        for name in names.dropFirst() {
            fields.issue(name, .conflictingFields, "must be left out beside \(names[0]): give exactly one due.")
        }
        let all = elapsed + [business.map(DueRequest.business)]
        self = names.count == 1 ? all.compactMap(\.self).first ?? .unreadable : .unreadable
    }
}

extension NoticeRequest {
    static let placeholder = NoticeRequest(channel: .other, outcome: .attempted)

    /// `{"channel", "outcome", "at"}`.
    init(_ fields: FieldReader) {
        fields.named("Notice")
        self.init(members: fields)
    }

    /// The same as members of another object.
    init(members fields: FieldReader) {
        self.init(
            channel: fields.required("channel", .word, "The way it was tried.", placeholder: .other),
            outcome: fields.required("outcome", .word, placeholder: .attempted),
            at: fields.past("at", "When it was tried"))
    }
}
