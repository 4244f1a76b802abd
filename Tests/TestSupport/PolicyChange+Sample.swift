public import Complaints

extension PolicyChange {
    /// A policy as a whole with the sample of that number in every field.
    public static func filled(_ number: Int) -> PolicyChange {
        PolicyChange(
            terms: PolicyEdit { .some($0.type.sample(number)) }, rule: PolicyRuleEdit { .some($0.type.sample(number)) },
            isWhole: true)
    }
}
