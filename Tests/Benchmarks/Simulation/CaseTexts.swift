import Complaints
import TestSupport

/// What people say and write in a made-up history.
struct CaseTexts {
    private let words = Words()
    private let names: [String]

    init(_ plan: DeskPlan) {
        names = ["Ida", "Jan", "Kim", "Ann", "Bo", "Zoë", "Omar", "Li", "Eva", "Tom", "Mia", "Ravi"]
    }

    /// Who complains of what. One case in eight is of a customer that the desk may know already.
    func request(
        number: Int, at time: Int64, promise: PromiseRequest?, _ random: inout SeededRandom
    ) -> CaseRequest {
        let key = Int.random(in: 0...number / 4, using: &random)
        let isKnown = random.happens(0.125)
        let customer: CustomerRequest
        if isKnown {
            // Whoever comes again is called what they were called before.
            var theirs = SeededRandom(UInt64(key))
            customer = .keyed(externalID: "C-\(key)", fields(ofCustomer: key, &theirs))
        } else {
            customer = .new(fields(ofCustomer: number, &random))
        }
        let fields = CaseFields(
            externalID: random.happens(0.3) ? "EXT-\(number)" : nil,
            subject: random.happens(0.8) ? words.text(3...7, &random) : nil,
            channel: random.skewed([.email, .phone, .web, .chat, .letter, .inPerson, .social, .other]),
            category: random.happens(0.9) ? random.skewed(DeskPlan.categories) : nil,
            tags: random.happens(0.3) ? [words.text(1...1, &random), "vip"] : [],
            severity: random.skewed([.normal, .low, .high, .critical]),
            mood: random.skewed([.calm, .upset, .angry, .abusive]),
            owner: random.happens(0.9) ? random.skewed(DeskPlan.owners) : nil,
            team: random.happens(0.95) ? random.skewed(DeskPlan.teams) : nil)
        let age = random.happens(0.2) ? Int64.random(in: 0...86_400_000, using: &random) : 0
        return CaseRequest(
            fields: fields, complaint: words.text(20...90, &random),
            customer: customer,
            receivedAt: age == 0 ? nil : PastInstant(Instant(milliseconds: time - age)), promise: promise)
    }

    private func fields(ofCustomer id: Int, _ random: inout SeededRandom) -> CustomerFields {
        CustomerFields(
            name: "\(random.one(names)) \(words.text(1...1, &random).dropLast())",
            email: random.happens(0.7) ? "customer\(id)@mail.example" : nil,
            phone: random.happens(0.6) ? "+49 30 \(1_000_000 + id)" : nil)
    }

    /// A line or two.
    func reason(_ random: inout SeededRandom) -> String { words.text(4...12, &random) }

    func notice(_ random: inout SeededRandom) -> NoticeRequest {
        NoticeRequest(
            channel: random.skewed([.phone, .email, .chat]),
            outcome: random.skewed([.reached, .messageLeft, .attempted]))
    }

    /// Something written to the log between the steps.
    func entry(_ random: inout SeededRandom) -> LogRequest {
        switch Int.random(in: 0..<3, using: &random) {
        case 0: .said(.statement, text: words.text(8...40, &random), saidBy: nil)
        case 1: .customerNotified(notice(&random), promiseID: nil, text: nil)
        default: .note(text: words.text(8...30, &random))
        }
    }
}
