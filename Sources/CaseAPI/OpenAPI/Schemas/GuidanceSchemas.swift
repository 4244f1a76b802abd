import Complaints

/// What to do about a case.
enum GuidanceSchemas {
    static let all: [(name: String, schema: Schema)] = [
        ("Guidance", .object(Guidance.shown)), ("GuidanceItem", .object(GuidedItem.shown)),
        ("GuidedCall", .object(CaseCall.shown)),
    ]
}
