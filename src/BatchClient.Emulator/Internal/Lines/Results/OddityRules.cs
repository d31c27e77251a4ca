namespace BatchGateway.Emulator.Internal;

/// <summary>Which lines can be odd in which way.</summary>
internal static class OddityRules
{
    public static void Require(EmulatedResponse response, OddLine oddity)
    {
        if (!Enum.IsDefined(oddity))
            throw new ArgumentOutOfRangeException(nameof(oddity), oddity, "This is no OddLine.");
        if (!response.IsInAFile)
            throw Impossible(oddity, "a line that vanishes stands in no file");
        if (!IsAroundTheLine(oddity) && response.Fate == LineFate.Raw)
            throw Impossible(oddity, "a raw line is written as it is; only what stands around it can be odd");
        if (IsOfTheAnswer(oddity) && response.Fate != LineFate.Answered)
            throw Impossible(oddity, "the line has no answer");
        if (IsOfTheError(oddity) && response.Succeeded)
            throw Impossible(oddity, "the line has no error; its status is below 400");
    }

    private static bool IsAroundTheLine(OddLine oddity) =>
        oddity is OddLine.BlankLineBefore or OddLine.ByteOrderMark or OddLine.CarriageReturn or OddLine.NoFinalNewline;

    private static bool IsOfTheAnswer(OddLine oddity) =>
        oddity is OddLine.BodyFalse or OddLine.BodyNull or OddLine.BodyText or OddLine.StatusZero;

    private static bool IsOfTheError(OddLine oddity) => oddity is OddLine.ErrorAsText or OddLine.ErrorNested;

    private static InvalidOperationException Impossible(OddLine oddity, string why) => new($"OddLine.{oddity} is not possible here: {why}.");
}
