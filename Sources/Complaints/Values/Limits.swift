/// How much a request may carry. Lengths count Unicode scalars, which every client can count the same way.
public enum Limits {
    /// The verbatim complaint, and the text of a log entry.
    public static let complaint = 65_536
    /// The line a case is known by.
    public static let subject = 300
    /// Names of people, teams and categories, and the keys and addresses that stand beside them.
    public static let name = 200
    /// The name of one person, where a sentence could be meant.
    public static let person = 80
    /// What was promised, why, what comes next, evidence, a summary.
    public static let narrative = 4_000
    /// How many tags a case has.
    public static let tags = 32
    /// How long each tag is.
    public static let tag = 64
    /// How many calendars there are at most: they are looked through as a whole.
    public static let calendars = 500
    /// How many times a day a calendar opens.
    public static let openIntervals = 24
    /// How many special days a calendar has: a hundred years of holidays.
    public static let specialDays = 2_000
    /// How many teams a calendar is for.
    public static let calendarTeams = 200
    /// How many regimes there are at most besides the shipped ones.
    public static let regimes = 200
    /// How many stages a regime has.
    public static let regimeStages = 10
    /// How many clocks a stage of a regime has.
    public static let stageClocks = 20
    /// How many options one log entry offers.
    public static let options = 20
    /// How many promises and cases go over in one handover: nobody else writes meanwhile.
    public static let handover = 2_000
    /// How many customers can turn out to be one: whoever reads one of them reads all.
    public static let merged = 100
    /// An amount of money, in minor units.
    public static let money: ClosedRange<Int64> = 0...1_000_000_000_000
    /// How many open promises a day a policy can call too many.
    public static let loadCap: ClosedRange<Int64> = 1...1_000
    /// How often the owner of a promise can be warned before it is due.
    public static let warnings = 8
    /// How many steps the ladder of a policy has.
    public static let ladder = 8
    /// After how many broken promises a policy can ask for a supervisor.
    public static let escalateAfter: ClosedRange<Int64> = 1...100
    /// The shortest length of time that can be promised.
    public static let shortestSpan = ElapsedTime.seconds(1)
    /// The longest `max_span` that a policy can have.
    public static let longestMaxSpan = ElapsedTime.days(3_650)
    /// Where a policy's rule may stand among the others.
    public static let position: ClosedRange<Int64> = 1...999_999
    /// How many rules there can be besides the policies of the severities, those out of use too.
    public static let rules = 1_000
    /// How many names of a kind a rule takes.
    public static let matches = 50
    /// How many webhooks there are at most: each is told of what happens by itself.
    public static let webhooks = 100
    /// How many links to the customer's page of a case are good at a time.
    public static let shares = 20
    /// For how long such a link is good unless it is said.
    public static let usualShareLife = ElapsedTime.days(90)
    /// For how long it can be good.
    public static let longestShareLife = ElapsedTime.days(366)
    /// How far off the end of a token may lie.
    public static let longestTokenLife = ElapsedTime.days(36_500)
}
