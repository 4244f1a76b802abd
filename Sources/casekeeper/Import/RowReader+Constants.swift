import Complaints

/// The values that the command line gives, read before any row: one that can't be right would have every row refused
/// that it is for.
extension RowReader {
    /// What is wrong with the values that are set, and with those that a column's are translated into, as sentences that
    /// begin with the option.
    static func faults(ofConstantsIn plan: ImportPlan, dates: DateForms) -> [String] {
        ImportField.all.flatMap { field -> [String] in
            guard let source = plan.sources[field] else { return [] }
            let set = source.fallback.map { (option: "--set \(field.name)=\($0)", value: $0) }
            let translated = source.translations.map { from, to in
                (option: "--value-map \(field.name):\(from.string)=\(to)", value: to)
            }
            return ((set.map { [$0] } ?? []) + translated.sorted { $0.option < $1.option }).flatMap { option, value in
                let reader = RowReader(plan: BoundPlan(field, value), dates: dates)
                return reader.request([]).issues.filter { $0.path == field.path }.map { "\(option): \($0.detail)" }
            }
        }
    }
}
