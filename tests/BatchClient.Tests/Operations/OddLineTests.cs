using BatchGateway.Emulator;
using BatchGateway.Tests.Support;

namespace BatchGateway.Tests.Operations;

/// <summary>Every way in which the emulator can write a line, read by the client.</summary>
public sealed class OddLineTests
{
    private static readonly string[] Items = ["a", "b", "c"];

    private static readonly Dictionary<OddLine, BatchOutcomeKind> Expected = new()
    {
        [OddLine.NoId] = BatchOutcomeKind.Succeeded,
        [OddLine.NoCustomId] = BatchOutcomeKind.Missing,
        [OddLine.RepeatedId] = BatchOutcomeKind.Succeeded,
        [OddLine.ErrorAsText] = BatchOutcomeKind.Failed,
        [OddLine.ErrorNested] = BatchOutcomeKind.Failed,
        [OddLine.BodyFalse] = BatchOutcomeKind.Failed,
        [OddLine.BodyNull] = BatchOutcomeKind.Failed,
        [OddLine.BodyText] = BatchOutcomeKind.Succeeded,
        [OddLine.StatusZero] = BatchOutcomeKind.Failed,
        [OddLine.BlankLineBefore] = BatchOutcomeKind.Succeeded,
        [OddLine.ByteOrderMark] = BatchOutcomeKind.Succeeded,
        [OddLine.CarriageReturn] = BatchOutcomeKind.Succeeded,
        [OddLine.NoFinalNewline] = BatchOutcomeKind.Succeeded,
        [OddLine.InvalidUtf8] = BatchOutcomeKind.Malformed,
        [OddLine.NotAnObject] = BatchOutcomeKind.Missing,
        [OddLine.Long] = BatchOutcomeKind.Succeeded,
        [OddLine.NeverAskedFor] = BatchOutcomeKind.Succeeded,
    };

    [Test]
    public async Task ReadOutcomesAsync_OneOddLine_HurtsNoOther([Values] OddLine oddity, [Values(1, 16)] int shuffleWindow)
    {
        bool isOfAnError = oddity is OddLine.ErrorAsText or OddLine.ErrorNested;
        await using EmulatedClient client = await EmulatedClient.StartAsync(new EmulatorOptions
        {
            Script = new EmulatorScript { ShuffleWindow = shuffleWindow }.Lines(request => request.CustomId == "b", request => isOfAnError
                ? EmulatedResponse.Error(429, "rate_limit_exceeded", "Too fast.").As(oddity)
                : EmulatedResponse.Default(request).As(oddity)),
        });

        Dictionary<string, BatchOutcomeKind> kinds = await KindsAsync(client.Gateway);

        Assert.That(kinds["a"], Is.EqualTo(BatchOutcomeKind.Succeeded));
        Assert.That(kinds["b"], Is.EqualTo(Expected[oddity]));
        Assert.That(kinds["c"], Is.EqualTo(BatchOutcomeKind.Succeeded));
    }

    private static async Task<Dictionary<string, BatchOutcomeKind>> KindsAsync(IBatchClient gateway)
    {
        BatchOperation operation = await gateway.SubmitAsync(Items.Select(id => BatchRequestLine.Chat(id, "gpt-4o-mini", id)));
        await operation.WaitAsync();

        Dictionary<string, BatchOutcomeKind> kinds = [];
        await foreach (BatchOutcome<string, string?> outcome in operation.ReadOutcomesAsync(Items, id => id, line => line.ChatText))
            kinds.Add(outcome.Item, outcome.Kind);
        return kinds;
    }
}
