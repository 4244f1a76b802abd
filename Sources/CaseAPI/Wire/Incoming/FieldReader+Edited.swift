import Complaints

extension EditedRecord {
    /// Takes what was sent of a new record; what was not is left at its default, or must be sent where there is none.
    ///
    /// - Parameters:
    ///   - required: the field that must be sent, if any.
    ///   - unasked: the field that is read elsewhere, if any.
    mutating func take(_ fields: FieldReader, requiring required: String? = nil, without unasked: String? = nil) {
        for field in Self.editedFields where field.group == nil && field.name != unasked {
            if field.name == required {
                if let value = fields.sent(field, .required) ?? nil { field.set(value, in: &self) }
            } else if fields.recorder != nil {
                _ = fields.sent(field, .optional(field.value(self)))
            } else if fields.has(field.name), let value = fields.sent(field, .optional(nil)) ?? nil {
                // Most are not sent, and need not be asked for by their type.
                field.set(value, in: &self)
            }
        }
        for group in Self.editedGroups {
            let values = fields.optional(object: group.name, group.meaning) { part in
                part.named(Self.schemaName(of: group))
                return group.fields.compactMap { field in part.sent(field, .optional(nil)).map { (field, $0) } }
            }
            for (field, value) in values ?? [] { field.set(value, in: &self) }
        }
    }
}

extension EditedRecord {
    fileprivate static func schemaName(of group: EditedGroup<Self>) -> String { group.name.pascalCased }
}

extension Edit {
    /// The body of a PATCH. `readOnly` are names that exist, but are not for clients to write.
    fileprivate init(_ fields: FieldReader, named name: String, readOnly: @escaping @autoclosure () -> [String]) {
        fields.named(name)
        // An object that is sent is a merge patch of its own; null takes all of it away.
        var parts: [String: EditedValue?] = [:]
        for group in Record.editedGroups {
            if fields.hasNull(group.name) {
                for field in group.fields { parts.updateValue(nil, forKey: field.name) }
                continue
            }
            let sent = fields.optional(object: group.name, group.meaning) { part in
                part.named("\(Record.schemaName(of: group))Edit")
                return group.fields.compactMap { field in part.sent(field, .patched).map { (field.name, $0) } }
            }
            for (name, value) in sent ?? [] { parts.updateValue(value, forKey: name) }
        }
        self.init { field in
            field.group == nil ? fields.sent(field, field.isOptional ? .patched : .replaced) : parts[field.name]
        }
        fields.readOnly(readOnly())
    }
}

extension CaseEdit {
    /// The case's own fields in the body of `PATCH /v1/cases/{id}`.
    init(_ fields: FieldReader) { self.init(fields, named: "CaseEdit", readOnly: CaseView.shown.names()) }
}

/// The body of `PATCH /v1/cases/{id}`: its own fields, whose it is, and how it ended.
struct CaseEditRequest: Sendable {
    let edit: CaseEdit
    let customerID: Int64?
    let ending: EndingEdit

    init(_ fields: FieldReader) {
        edit = CaseEdit(fields)
        ending = EndingEdit(fields)
        if fields.hasNull("customer") { fields.issue("customer", .required, "must have a value.") }
        customerID = fields.optional(
            object: "customer", "Whose the case is, where it was opened for somebody else by mistake.",
            presence: .replaced
        ) { fields in
            fields.named("CustomerChoice")
            return fields.required("id", .integer.narrowed(to: .id), "One on record.", placeholder: 0)
        }
    }
}

extension CustomerEdit {
    /// The body of `PATCH /v1/customers/{id}`.
    init(_ fields: FieldReader) { self.init(fields, named: "CustomerEdit", readOnly: CustomerRecord.shown.names()) }
}

extension OwnerEdit {
    /// The body of `PATCH /v1/owners/{name}`.
    init(_ fields: FieldReader) { self.init(fields, named: "OwnerEdit", readOnly: OwnerRecord.shown.names()) }
}

extension PolicyChange {
    /// The body of `PATCH /v1/policies/{name}`.
    init(_ fields: FieldReader) {
        self.init(
            terms: PolicyEdit(fields, named: "PolicyEdit", readOnly: Policy.shown.names()),
            rule: PolicyRuleEdit(fields, named: "PolicyEdit", readOnly: []), before: Self.before(fields))
    }

    /// The body of `PUT /v1/policies/{name}`: whatever is not sent has its default, but for the place.
    init(whole fields: FieldReader) {
        fields.named("PolicyRequest")
        var (terms, rule) = (Policy(), PolicyRule())
        terms.take(fields)
        // What says "never" is no default.
        for field in Policy.editedFields where field.isOptional && fields.hasNull(field.name) {
            field.set(nil, in: &terms)
        }
        rule.take(fields, without: "position")
        // The place of those of the severities is sent back at most: nobody else has it.
        let position =
            fields.holds("position", PolicyRule.last)
            ? PolicyRule.last
            : fields.optional(
                "position", .integer(in: Limits.position),
                "The lower goes first. Without it, and without before, where it is; a new one right before the policies of the "
                    + "severities.")
        if let position { rule.position = position }
        let (sentTerms, sentRule) = (terms, rule)
        self.init(
            terms: PolicyEdit { .some($0.value(sentTerms)) },
            rule: PolicyRuleEdit { field in
                fields.isSent(field.place[0]) && !fields.hasNull(field.place[0]) ? .some(field.value(sentRule)) : nil
            },
            before: Self.before(fields), isWhole: true)
        fields.sentBack(Policy.shown.names())
    }

    private static func before(_ fields: FieldReader) -> String? {
        let given = fields.given(atMostOneOf: ["position", "before"])
        if given.count > 1 { fields.issue("before", .conflictingFields, "must be left out beside position.") }
        return fields.optional(
            "before", .text(.name),
            "The policy that it is to stand right before, by name; the name of a severity for right before all four.")
    }
}

// MARK: - By the type of a field
extension FieldReader {
    /// How the value of an edited field is asked for.
    fileprivate enum Way {
        /// It may be left out, or null for the same: then it has that value.
        case optional(EditedValue?)
        /// It must be there.
        case required
        /// Null takes it away.
        case patched
        /// Null is wrong.
        case replaced
    }

    /// What was sent of a field: nil leaves it as it is, `.some(nil)` takes its value away.
    fileprivate func sent<Record>(_ field: EditedField<Record>, _ way: Way) -> EditedValue?? {
        switch field.type {
        case .text(let rule): return sent(field, .text(rule), way, EditedValue.text)
        case .word(let type): return sent(field, .word(of: type, field.words), way, EditedValue.text)
        case .words(let type):
            return sent(field, .word(of: type, field.words), count: 0...field.words.count, way) { $0 }
        case .instant: return sent(field, .instant, way, EditedValue.instant)
        case .span(let bounds):
            return sent(field, .duration(from: bounds.lowerBound, to: bounds.upperBound), way, EditedValue.span)
        case .businessSpan: return sent(field, .businessSpan, way, EditedValue.businessSpan)
        case .integer(let bounds): return sent(field, .integer(in: bounds), way, EditedValue.integer)
        case .amount: return sent(field, .money, way, EditedValue.integer)
        case .currency: return sent(field, .currency, way, EditedValue.currency)
        case .flag: return sent(field, .flag, way, EditedValue.flag)
        case .zone: return sent(field, .zone, way, EditedValue.text)
        case .texts(let rule, let most):
            return sent(field, .text(rule), count: 0...most, way, FieldType.distinct)
        case .estimate:
            if case .patched = way, hasNull(field.ownName) { return .some(nil) }
            return Estimate.optional(field.ownName, field.meaning, in: self).map(EditedValue.estimate)
        }
    }

    /// The same of several texts.
    private func sent<Record>(
        _ field: EditedField<Record>, _ kind: FieldKind<String>, count: ClosedRange<Int>, _ way: Way,
        _ members: ([String]) -> [String]
    ) -> EditedValue?? {
        if case .patched = way, hasNull(field.ownName) { return .some(nil) }
        return values(field.ownName, kind, field.meaning, count: count).map { EditedValue.texts(members($0)) }
    }

    private func sent<Record, Value>(
        _ field: EditedField<Record>, _ kind: FieldKind<Value>, _ way: Way, _ lowered: (Value) -> EditedValue
    ) -> EditedValue?? {
        let name = field.ownName
        switch way {
        case .optional(let fallback):
            return optional(name, kind, field.described(without: fallback)).map(lowered)
        case .required:
            // What can't be read is noted by itself.
            if !has(name) { reportMissing(name) }
            return optional(name, kind, field.described(), presence: .required).map(lowered)
        case .replaced: return replaced(name, kind, field.described()).map(lowered)
        case .patched: return patched(name, kind, field.described()).map { $0.map(lowered) }
        }
    }
}

extension EditedField {
    /// What it means, within which bounds it lies, and what it is where it is left out.
    fileprivate func described(without fallback: EditedValue? = nil) -> String {
        var text = meaning
        if case .span(let bounds) = type {
            text += " From \(bounds.lowerBound.iso8601) to \(bounds.upperBound.iso8601)."
        }
        if case .businessSpan(let bounds) = type { text += " Not longer than \(bounds.upperBound.iso8601)." }
        switch fallback {
        case .text(let word) where !word.isEmpty: text += " Without it, \(word)."
        case .flag(let flag): text += " Without it, \(flag)."
        case .span(let span): text += " Without it, \(span.iso8601)."
        case .integer(let integer): text += " Without it, \(integer)."
        case .currency(let currency): text += " Without it, \(currency.code)."
        default: break
        }
        return text
    }
}

extension FieldKind<String> {
    /// One of the words of a closed set. They are given as texts, and not looked up by their type, which no request knows
    /// before it runs: that would cost a create more than all its other fields.
    fileprivate static func word(of type: any Vocabulary.Type, _ words: [String]) -> FieldKind {
        FieldKind(.word(of: type)) { value throws(FieldFault) in
            guard case .string(let text) = value else { throw wrongType(value, expected: "a string") }
            guard let word = words.first(where: { $0.isExactly(text.string) }) else {
                throw FieldFault(.invalidValue, NearestName.advice(for: text.string, among: words))
            }
            return word
        }
    }
}
