/// What two customers on record can have in common, so that they may be one: a phone number, an e-mail address or a key in
/// another system. A name alone says nothing. Each is kept beside the customer, in a form in which it is looked up.
package struct CustomerKeys: Sendable {
    /// However it is written; nil for what is no number.
    package let phone: PhoneNumber?
    /// By full case folding.
    package let email: ExactText?
    /// By full case folding, where the key itself is compared exactly.
    package let externalID: ExactText?

    /// Those of a customer.
    package init(_ fields: CustomerFields) {
        phone = fields.phone.flatMap(PhoneNumber.init)
        email = fields.email.map(Self.folded)
        externalID = fields.externalID.map(Self.folded)
    }

    /// As addresses and keys are looked up.
    package static func folded(_ text: String) -> ExactText { FoldedName(text).text }
}
