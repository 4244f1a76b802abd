import CaseStore
import Complaints

/// What is answered, as it is shown.
enum AnswerSchemas {
    static let all: [(name: String, schema: Schema)] =
        [
            ("Case", .object(CaseView.shown)), ("CasePromise", .object(PromiseView.shown)),
            ("CaseStage", .object(StageView.shown)),
            ("ToldStage", .object(CustomerPage.Stage.shown)),
            ("CaseContact", .object(Contact.shown)), ("CaseRedress", .object(Money.shown)),
            ("SentResponse", .object(FinalResponse.shown)),
            ("ToldEstimate", .object(Estimate.shown)), ("CustomerNotice", .object(CustomerNotice.shown)),
            ("OwnerLoad", .object(OwnerLoad.shown)), ("EventPromise", .object(EventPromise.shown)),
            ("EventCase", .object(EventCase.shown)),
            ("DecidedRelationship", .object(DecidedRelationship.shown)),
            ("SettledPromise", .object(SettledPromise.shown)),
            ("TransferredCase", .object(TransferredCase.shown)), ("CustomerPage", .object(CustomerPage.shown)),
            ("DisclosedShare", .object(DisclosedShare.shown)), ("LinkedPage", .object(LinkedPage.shown)),
            ("Guidance", .object(Guidance.shown)), ("GuidanceItem", .object(GuidedItem.shown)),
            ("GuidedCall", .object(CaseCall.shown)), ("Customer", .object(Customer.shown)),
            ("CustomerRecord", .object(CustomerRecord.shown)), ("ErasedCustomer", .object(ErasedCustomer.shown)),
            ("Policy", .object(Policy.shown)),
            ("ChangedPolicy", .object(ChangedSetting<Policy>.shown)),
            ("Calendar", .object(CalendarRecord.shown)),
            ("ChangedCalendar", .object(ChangedSetting<CalendarRecord>.shown)),
            ("CalendarSummary", .object(CalendarRecord.listed)),
            ("CalendarDay", .object(SpecialDay.shown)), ("CalendarVersion", .object(ListedVersion.shown)),
            ("Regime", .object(RegimeRecord.shown)), ("RegimeSummary", .object(RegimeRecord.listed)),
            ("RegimeStage", .object(RegimeStage.shown)), ("RegimeClock", .object(RegimeClock.shown)),
            ("ClockExtension", .object(ClockExtension.shown)), ("RegimeVersion", .object(RegimeVersion.shown)),
            ("PolicyImpact", .object(PolicyImpact.shown)), ("PolicyPreview", .object(PolicyPreview.shown)),
            ("RegimePreview", .object(RegimePreview.shown)),
            ("RegimePreviewClock", .object(RegimePreview.Clock.shown)),
            ("AddedHolidays", .object(AddedHolidays.shown)), ("BusinessDue", .object(BusinessDue.shown)),
            ("Owner", .object(OwnerRecord.shown)), ("Requesting", .object(Requesting.shown)),
            ("OwnerAbsence", .object(AbsentOwner.shown)),
            ("ChangedOwner", .object(ChangedSetting<OwnerRecord>.shown)), ("Handover", .object(Handover.shown)),
            ("LogHead", .object(LogHead.shown)), ("Epochs", .object(Epochs.shown)),
            ("EventPage", .object(EventPage.shown)),
            ("Event", .object(Event.shown)), ("QueueItem", .object(QueueItem.shown)),
            ("Digest", .object(Digest.shown)), ("DigestPart", .object(Digest.Part.shown)),
            ("Token", .object(Token.shown)), ("Session", .object(Session.shown)),
            ("DisclosedToken", .object(DisclosedToken.shown)),
            ("Webhook", .object(Webhook.shown)), ("ChangedWebhook", .object(ChangedSetting<Webhook>.shown)),
            ("DisclosedWebhook", .object(DisclosedWebhook.shown)),
            ("Delivery", .object(DeliveryRecord.shown)), ("DeliveryAttempt", .object(DeliveryAttempt.shown)),
            ("WebhookMessage", .object(WebhookMessage.shown)), ("WebhookData", .object(WebhookData.shown)),
        ] + bulk + ReportForm.promises.schemas + ReportForm.load.schemas + ReportForm.causes.schemas
        + ReportForm.threats.schemas + ReportForm.concessions.schemas + ReportForm.regime.schemas
        + [
            ("RegimeStageFigures", .object(RegimeStageFigures.shown)),
            ("RegimeClockFigures", .object(RegimeClockFigures.shown)),
        ]
        + [("Sums", .array(.object(Money.shown)).described("A sum of each currency there is any of."))]

    /// What became of each case of many.
    private static let bulk: [(name: String, schema: Schema)] = [
        (
            "CreatedCase",
            .object([
                index, .always("status", .integer(201...201)), externalID, .always("id", .id),
                .nullable("promise_id", .id, "Of its first promise."),
                .always("location", Schema(["type": "string", "format": "uri-reference", "pattern": "^/v1/cases/"])),
                .sometimes(
                    "warnings", .array(.object(CaseWarning.shown)), "For whoever sent it: what speaks against it."),
            ])
        ),
        (
            "RefusedCase",
            .object([
                index, .always("status", .integer(400...499)), externalID,
                .always("problem", .named("ItemProblem")),
            ]).described("The pointers in its problem begin at the whole body: #/items/3/customer.")
        ),
        (
            "CaseResults",
            .object([
                .always("total", .count), .always("created", .count), .always("refused", .count),
                .always("items", .array(.oneOf([.named("CreatedCase"), .named("RefusedCase")]), BulkRoutes.size)),
            ])
        ),
    ]

    private static let index = Field.always("index", .count, "Its place among the items, 0 for the first.")
    private static let externalID = Field.nullable("external_id", .text)
}
