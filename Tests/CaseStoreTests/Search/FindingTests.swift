import Complaints
import Foundation
import Testing

@testable import CaseStore

@Suite("Search as people search")
struct FindingTests {
    /// Where a text is stored.
    enum Place: CaseIterable {
        case complaint, subject, outcome, tag, category, owner, key, log, name, email, phone, customerKey
        case contactName, contactPhone, contactEmail
    }

    struct Row: Sendable {
        let place: Place
        let stored: String
        let by: [String]
        var notBy: [String] = []
    }

    /// What the contract of the search names.
    static let contract: [Row] = [
        Row(
            place: .complaint, stored: "Straße, Großmann", by: ["strasse", "STRASSE", "grossmann", "gross", "Groß"],
            notBy: ["strand"]),
        Row(
            place: .name, stored: "Łódź, Søren, Đorđe, Þór", by: ["lodz", "Łodz", "soren", "dorde", "thor"]),
        Row(
            place: .name, stored: "Γιώργος, Пётр, ёлка", by: ["ΓΙΩΡΓΟΣ", "γιωργος", "петр", "елка"]),
        Row(place: .complaint, stored: "السَّلام، שָׁלוֹם", by: ["السلام", "שלום"]),
        Row(
            place: .complaint, stored: "商品が壊れていました、我要退款。환불해 주세요, สินค้าเสียหาย",
            by: ["壊れ", "商品", "退款", "환불", "เสียหาย"], notBy: ["壊商"]),
        Row(place: .complaint, stored: "मुझे रिफंड मिला नहीं", by: ["मिला", "रिफंड"], notBy: ["मेला"]),
        Row(place: .complaint, stored: "が".decomposedStringWithCanonicalMapping + "스", by: ["が스", "が", "스"]),
        Row(place: .complaint, stored: "환불".decomposedStringWithCanonicalMapping, by: ["환불"]),
        Row(place: .complaint, stored: "ﬁn Ｆｕｌｌ", by: ["fin", "full"]),
        Row(
            place: .phone, stored: "+46 8 123 45", by: ["+46812345", "004681 2345", "08-123 45"],
            notBy: ["12345678"]),
        Row(place: .phone, stored: "(020) 7946-0123", by: ["02079460123", "7946 0123"], notBy: ["12345678"]),
        Row(
            place: .email, stored: "ann.lee+shop@example.org",
            by: ["ann.lee", "example.org", "ann.lee+shop@example.org", "ANN.LEE+SHOP@EXAMPLE.ORG", "Ann.Lee"]),
        Row(place: .key, stored: "TK-2024/000777", by: ["TK-2024/000777", "000777", "tk-2024/000777"]),
        Row(place: .customerKey, stored: "C-88.17", by: ["c-88.17", "C-88.17"]),
        Row(place: .tag, stored: "vulnerable", by: ["vulnerable", "VULN"]),
        Row(place: .category, stored: "Kettles and irons", by: ["kettles", "irons kettles"]),
        Row(place: .owner, stored: "Kim Berger", by: ["kim", "Berger"]),
        Row(place: .outcome, stored: "A new kettle by Friday", by: ["kettle friday"]),
    ]

    /// What else people do.
    static let more: [Row] = [
        Row(
            place: .phone, stored: "+44 (0)20 7946 0123",
            by: ["+44 20 7946 0123", "020 7946 0123", "(020) 7946 0123", "00442079460123", "79460123"],
            notBy: ["7946 0124", "012379"]),
        Row(place: .phone, stored: "020 7946 0123", by: ["+44 20 7946 0123", "+44 (0)20 79460123", "0044 2079460123"]),
        Row(place: .phone, stored: "0171/123 456 or 030 998877", by: ["171123456", "030-998877"], notBy: ["456030"]),
        Row(place: .phone, stored: "۰۲۱ ۱۲۳۴ ۵۶۷۸", by: ["021 1234 5678", "+98 21 12345678"]),
        Row(place: .phone, stored: "12345", by: ["12345", "123"], notBy: ["2345"]),
        Row(place: .name, stored: "Nguyễn Thị Đào", by: ["nguyen", "thi dao", "DAO"]),
        Row(place: .name, stored: "IŞIK Yıldız, İnci", by: ["isik", "yildiz", "inci", "Işık", "ışık"]),
        Row(place: .name, stored: "Æbeltoft, Œuvré, Guðrún", by: ["aebeltoft", "oeuvre", "gudrun"]),
        Row(place: .name, stored: "O’Brien-Smith", by: ["O'Brien", "brien", "smith", "o’brien"]),
        Row(place: .name, stored: "Jürgen Weiß", by: ["jurgen", "WEISS", "weiß", "Ju\u{308}rgen"]),
        Row(place: .complaint, stored: "ｶﾞｽが漏れています", by: ["ガス", "漏れ", "ガスが"], notBy: ["カス"]),
        Row(place: .complaint, stored: "Mein iPhone壊れた", by: ["iphone", "壊れた", "iPhone壊れ"]),
        Row(place: .complaint, stored: "退款", by: ["退", "款", "退款"], notBy: ["款退"]),
        Row(place: .complaint, stored: "ㅠㅠ 배송이 늦어요", by: ["배송", "늦어", "ㅠㅠ"], notBy: ["송배"]),
        Row(place: .complaint, stored: "ខូចហើយ ຂອງເສຍ ပျက်နေတယ်", by: ["ខូច", "ເສຍ", "ပျက်"]),
        Row(place: .complaint, stored: "मेरा फ़ोन ख़राब है", by: ["फोन", "खराब", "फ़ोन"]),
        Row(place: .complaint, stored: "বিদ্যুৎ নেই, தண்ணீர் வரவில்லை", by: ["বিদ্যুৎ", "தண்ணீர்"], notBy: ["তদ্যুৎ"]),
        Row(place: .complaint, stored: "أحمد إلى مـــكة", by: ["احمد", "الى", "مكة"]),
        Row(place: .complaint, stored: "The 100 m² flat, no. ４２, paid ٢٥٠", by: ["m2", "42", "250", "100"]),
        Row(place: .complaint, stored: "soft\u{AD}ware up\u{200D}date", by: ["software", "update"]),
        Row(
            place: .complaint, stored: "The water is hot, says Ms Kettle.",
            by: ["\"is hot\"", "wat", "\"hot says\" kettle"],
            notBy: ["\"hot is\"", "\"wat\"", "wa", "water cold"]),
        Row(place: .key, stored: "RMA_0042-B", by: ["rma", "0042", "0042-b", "RMA 0042"], notBy: ["042"]),
        Row(place: .customerKey, stored: "Ü-7731", by: ["u-7731", "7731"]),
        Row(place: .tag, stored: "large print", by: ["print", "\"large print\""]),
        Row(place: .log, stored: "Rang at nine; résumé sent", by: ["resume", "rang nine"]),
        Row(place: .subject, stored: "Re: 1001 nights", by: ["1001", "night"]),
        Row(place: .email, stored: "Zoë@MÜLLER.example", by: ["zoe@muller.example", "muller", "zoe@müller"]),
        Row(
            place: .phone, stored: "020 7946 0123 / 0171 123456", by: ["79460123", "0171-123456"], notBy: ["01230171"]),
        Row(place: .phone, stored: "033876/12345", by: ["03387612345", "+49 33876 12345"]),
        Row(place: .contactName, stored: "Małgorzata Ek", by: ["malgorzata", "ek malgorzata"], notBy: ["gorzata"]),
        Row(place: .contactPhone, stored: "+46 70 123 45 67", by: ["070-1234567", "1234567"], notBy: ["70123457"]),
        Row(place: .contactEmail, stored: "bo.ek@law.example", by: ["bo.ek", "law.example", "BO.EK@law.example"]),
    ]

    private func desk(_ row: Row, isIndexed: Bool) throws -> Desk {
        let desk = try Desk()
        try desk.open(.plain("Nothing of it", customer: "Somebody"))
        var fields = CaseFields()
        var customer = CustomerFields(name: "Ida Roth")
        var complaint = "It is as it is."
        switch row.place {
        case .complaint: complaint = row.stored
        case .subject: fields.subject = row.stored
        case .outcome: fields.desiredOutcome = row.stored
        case .tag: fields.tags = ["other", row.stored]
        case .category: fields.category = row.stored
        case .owner: fields.owner = row.stored
        case .key: fields.externalID = row.stored
        case .log: break
        case .name: customer.name = row.stored
        case .email: customer.email = row.stored
        case .phone: customer.phone = row.stored
        case .customerKey: customer.externalID = row.stored
        case .contactName: fields.contact.name = row.stored
        case .contactPhone: fields.contact.phone = row.stored
        case .contactEmail: fields.contact.email = row.stored
        }
        let id = try desk.open(CaseRequest(fields: fields, complaint: complaint, customer: .new(customer))).record.id
        if row.place == .log { try desk.note(id, row.stored) }
        if isIndexed { try desk.catchUpSearch() }
        return desk
    }

    @Test("finds what a person would, and not what they would not", arguments: contract + more, [true, false])
    func finds(row: Row, isIndexed: Bool) throws {
        let desk = try desk(row, isIndexed: isIndexed)
        for query in row.by { #expect(try desk.found(query) == [2], "\(query) in \(row.stored)") }
        for query in row.notBy { #expect(try desk.found(query) == [], "\(query) in \(row.stored)") }
        #expect(try desk.reader.verify().findings == [])
    }

    @Test("customers are found by what is theirs", arguments: (contract + more).filter(\.isOfCustomers))
    func customers(row: Row) throws {
        let desk = try desk(row, isIndexed: true)
        for (queries, expected) in [(row.by, [2 as Int64]), (row.notBy, [])] {
            for query in queries {
                var filter = CustomerFilter()
                let search = try #require(SearchQuery(query))
                filter.search = search
                let found = try desk.reader.read { try $0.customers(filter, PageRequest(limit: 9)) }.items.map(\.id)
                #expect(found == expected, "\(query) in \(row.stored)")
            }
        }
    }

    @Test("digits that are somebody's telephone number are meant as that, and others as numbers")
    func numbers() throws {
        let desk = try Desk()
        try desk.open(.plain("Of 49 I paid 30, and then 1500000"))
        let customer = CustomerFields(name: "Ida Roth", phone: "+49 30 1500000")
        try desk.open(CaseRequest(complaint: "It drips.", customer: .new(customer)))
        #expect(try desk.found("49 30 1500000") == [2])
        #expect(try desk.found("1500000 49") == [2, 1])
        #expect(try desk.found("30 1500001") == [])
    }

    @Test("who called for a customer comes before what tells of them, as the customer does")
    func caller() throws {
        let desk = try Desk()
        try desk.open(.plain("Malin Ek on +46 70 123 45 67 knows of it."))
        var fields = CaseFields()
        fields.contact = Contact(name: "Malin Ek", phone: "070-123 45 67", email: "malin@ek.example")
        try desk.open(CaseRequest(fields: fields, complaint: "It drips.", customer: .new(CustomerFields(name: "Bo"))))
        try desk.note(1, "Wrote from malin@ek.example, 0701234567")
        for isIndexed in [false, true] {
            if isIndexed { try desk.catchUpSearch() }
            #expect(try desk.found("malin") == [2, 1])
            #expect(try desk.found("malin@ek.example") == [2, 1])
            #expect(try desk.found("0701234567").first == 2)
        }
        #expect(try desk.reader.verify().findings == [])
    }

    @Test("every field that is searched is in the table")
    func complete() {
        let stored = Set((Self.contract + Self.more).map(\.place))
        #expect(stored == Set(Place.allCases))
        #expect(
            CaseFields.searchedColumns.map(\.field.name) == [
                "external_id", "subject", "category", "tags", "desired_outcome", "owner", "contact_name",
                "contact_phone", "contact_email",
            ])
        #expect(CustomerFields.searchedColumns.map(\.field.name) == ["external_id", "name", "email", "phone"])
    }
}

extension FindingTests.Row {
    var isOfCustomers: Bool {
        switch place {
        case .name, .email, .phone, .customerKey: true
        default: false
        }
    }
}

extension Desk {
    /// The cases that a search finds, longest open first.
    func found(_ text: String, asOf: Instant? = nil, order: CaseFilter.Order = .openedAt) throws -> [Int64] {
        var filter = CaseFilter()
        let search = try #require(SearchQuery(text), "\(text)")
        filter.search = search
        filter.order = order
        return try reader.read(asOf: asOf) { transaction in
            let page = try transaction.cases(filter, PageRequest(limit: 50))
            #expect(page.total == page.items.count)
            return page.items.map(\.record.id)
        }
    }
}
