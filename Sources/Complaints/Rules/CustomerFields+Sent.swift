/// What is sent of a customer who is on record already, by their key in another system.
extension CustomerFields {
    /// The fields that were sent with a value which is another than on record: names and addresses are compared by full case
    /// folding, numbers by their digits, needs as the sets that they are.
    private func others(than known: CustomerFields) -> [EditedField<CustomerFields>] {
        Self.editedFields.filter { field in
            guard let sent = field.value(self), sent != .text(""), sent != .texts([]) else { return false }
            return !field.isSame(sent, field.value(known))
        }
    }

    /// What is wrong with naming somebody by their key and saying something else of them than is on record: a mistyped key
    /// would put the case into a stranger's hands, and what was sent would be lost.
    package func conflicts(with known: Customer, in form: RequestForm = .body) -> [FieldIssue] {
        others(than: known.fields).map { field in
            let recorded = field.value(known.fields).flatMap { field.type.texts($0).first ?? nil }
            return FieldIssue(
                FieldPath(["customer", field.name]), .conflictingFields,
                form.ofOtherValue(than: recorded, ofCustomer: known.id))
        }
    }

    /// What makes of one on record what was sent.
    package func edit() -> CustomerEdit {
        CustomerEdit { field in
            guard let sent = field.value(self), sent != .text(""), sent != .texts([]) else { return nil }
            return .some(sent)
        }
    }

    /// Whether something was sent that is another than on record.
    package func differs(from known: CustomerFields) -> Bool { !others(than: known).isEmpty }
}

extension CustomerEdit {
    /// The edit without what is shown of somebody already, as it is known of others who they are.
    ///
    /// - Parameter own: what is on record of them alone.
    package func without(shownOf person: CustomerFields, beside own: CustomerFields) -> CustomerEdit {
        CustomerEdit { field in
            guard let sent = value(of: field) else { return nil }
            var changed = person
            field.set(sent, in: &changed)
            guard !changed.isExactly(person) else { return nil }
            guard case .texts(let texts) = sent, case .texts(let all)? = field.value(person) else { return .some(sent) }
            var kept: [String] = []
            if case .texts(let texts)? = field.value(own) { kept = texts }
            return .some(
                .texts(
                    texts.filter { text in
                        kept.contains { $0.isExactly(text) } || !all.contains { $0.isExactly(text) }
                    }))
        }
    }
}

extension EditedField<CustomerFields> {
    fileprivate func isSame(_ sent: EditedValue, _ known: EditedValue?) -> Bool {
        switch (sent, known) {
        case (.text(let sent), .text(let known)):
            if name == "phone", let sent = PhoneNumber(sent), let known = PhoneNumber(known) {
                return sent.isLike(known)
            }
            return FoldedName(sent) == FoldedName(known)
        case (.texts(let sent), .texts(let known)):
            return Set(sent.map(FoldedName.init)) == Set(known.map(FoldedName.init))
        case (.flag(let sent), .flag(let known)): return sent == known
        default: return false
        }
    }
}
