/// A currency by its ISO 4217 code: one of those that people hold and pay with, so no metals, funds and tests.
public struct Currency: Sendable, Hashable {
    /// Three capital letters.
    public let code: String

    /// The currency of that code; nil when there is none.
    public init?(_ code: String) {
        guard Self.codes.contains(ExactText(code)) else { return nil }
        self.code = code
    }

    /// The United States dollar.
    public static let usDollar = Currency(known: "USD")

    private init(known code: String) {
        self.code = code
    }

    /// How many digits of an amount in minor units are behind the point (ISO 4217, column "minor unit").
    public var minorDigits: Int { Self.otherDigits[ExactText(code)] ?? 2 }

    /// Those that have not two of them.
    private static let otherDigits: [ExactText: Int] = {
        let digits = [
            (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
            (3, "BHD IQD JOD KWD LYD OMR TND"), (4, "CLF UYW"),
        ]
        return digits.reduce(into: [:]) { all, some in
            for code in some.1.split(separator: " ") { all[ExactText(String(code))] = some.0 }
        }
    }()

    /// Every code there is, in alphabetical order.
    public static let allCodes = list.split(whereSeparator: \.isWhitespace).map(String.init)

    private static let codes = Set(allCodes.map { ExactText($0) })

    /// As of 2025 (ISO 4217 amendment 178); BGN, which the euro follows, among them.
    private static let list = """
        AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF
        CHE CHF CHW CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD
        GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP
        LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB
        PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB
        TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER
        ZAR ZMW ZWG
        """
}
