using BatchGateway.Emulator;

namespace BatchGateway.Tests.Misfortunes;

/// <summary>What becomes of the lines unless a misfortune says otherwise.</summary>
internal static class Answers
{
    /// <summary>The line that the model refuses.</summary>
    public const string Refused = "q-4";

    public static IReadOnlyList<string> Ids { get; } = ["q-1", "q-2", "q-3", "q-4", "q-5", "q-6", "q-7"];

    public static IEnumerable<BatchRequestLine> Lines => Ids.Select(id => BatchRequestLine.Chat(id, "gpt-4o-mini", $"The question {id}"));

    public static EmulatedResponse Usual(EmulatedRequest request) =>
        request.CustomId == Refused
            ? EmulatedResponse.Error(400, "invalid_value", "The model refuses this line.")
            : EmulatedResponse.Default(request);
}
