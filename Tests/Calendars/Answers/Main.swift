import Glibc

/// Answers those who reckon business time by themselves (`Tests/Calendars`): a question a line, an answer a line, words apart
/// by spaces. It is a program of the tests, so that the one that people run has no hidden way to be asked.
///
/// - `calendar NUMBER JSON`: a calendar to ask for by that number; said again, another version of it.
/// - `due NUMBER START after SPAN [TIME]`, `due NUMBER START on DATE [TIME]`: in milliseconds since 1970, or `refused WHY`.
/// - `words NUMBER START after|on …`: how that was counted.
/// - `shipped NUMBER NAME`: a calendar that comes with the service, to ask for by that number; its special days, with tabs
///   between.
/// - `clock NUMBER START ANCHOR COUNT UNIT TIME|- same|next [COUNT UNIT anchor|due]`: when a clock of a regime is due, and how
///   far it may be extended, or `-`.
/// - `offsets ZONE TIME…`: how many seconds clocks are ahead of UTC at each of these seconds since 1970.
/// - `changes ZONE FROM TO`: when clocks are changed in between.
/// - `holidays 0 FILE`: the holidays of an iCalendar file, with tabs between.
/// - `bench NUMBER START after|on …`: how many nanoseconds it takes.
@main
enum Main {
    static func main() {
        var desk = Desk()
        while let line = readLine(strippingNewline: true) {
            print(desk.answer(line))
            // Whoever asks waits for it.
            fflush(nil)
        }
    }
}
