import Complaints
import Foundation
import GRDB

/// How what a field was before stands in `field_change.before`, whose type is any: as in the column of the field itself, so
/// that one can take the place of the other in a condition. Only an estimate, which has two columns, stands in one text.
struct HistoryColumn {
    let type: FieldType
    /// What the field is the name of, where its column has the id of a name.
    let role: NameRole?

    init<Record: HistoricRecord>(_ field: HistoricField<Record>) {
        type = field.type
        role = Record.subject == .case ? NameRole(rawValue: field.name) : nil
    }

    /// Between the ends of an estimate, as between those of an interval of ISO 8601.
    private static let separator: Character = "/"

    func stored(_ value: EditedValue?, names: NameBook, _ db: Database) throws -> SQLValue {
        switch value {
        case nil: .integer(nil)
        case .text(let text): if let role { .integer(try names.id(text, role, db)) } else { .text(text) }
        case .texts(let texts): if let json = CaseColumns.encode(tags: texts) { .text(json) } else { .integer(nil) }
        case .instant(let instant): .instant(instant)
        case .span(let span): .integer(span.milliseconds)
        case .businessSpan(let span): .text(span.iso8601)
        case .integer(let integer): .integer(integer)
        case .currency(let currency): .text(currency.code)
        case .estimate(let estimate): .text("\(estimate.from.text)\(Self.separator)\(estimate.to.text)")
        case .flag(let flag): .integer(flag ? 1 : 0)
        }
    }

    func value(_ row: Columns, at index: Int, names: NameBook, _ db: Database) throws -> EditedValue? {
        guard !row.isNull(index) else { return nil }
        switch type {
        case .text where role != nil: return .text(try names.spelling(row.integer(index), db))
        case .text, .word, .zone: return .text(row.text(index))
        case .flag: return .flag(row.flag(index))
        case .texts, .words: return .texts(try CaseColumns.tags(row.text(index)))
        case .instant: return .instant(row.instant(index))
        case .span: return .span(ElapsedTime(milliseconds: row.integer(index)))
        case .businessSpan: return .businessSpan(try PolicyColumns.businessSpan(row.text(index)))
        case .integer, .amount: return .integer(row.integer(index))
        case .currency:
            guard let currency = Currency(row.text(index)) else {
                throw StoreError.unreadable("\(row.text(index)) is no currency")
            }
            return .currency(currency)
        case .estimate:
            let ends = row.text(index).split(separator: Self.separator).map { Estimate.Bound(String($0)) }
            guard ends.count == 2, let from = ends[0], let to = ends[1] else {
                throw StoreError.unreadable("an estimate is no estimate")
            }
            return .estimate(Estimate(from: from, to: to))
        }
    }
}
