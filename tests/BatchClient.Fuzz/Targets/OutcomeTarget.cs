using System.Net;
using System.Text;
using BatchGateway.Fuzz.Gateway;
using BatchGateway.Fuzz.Inputs;
using BatchGateway.Internal.Lines;
using BatchGateway.Tests.Internal.Lines;

namespace BatchGateway.Fuzz.Targets;

/// <summary>The outcomes of a batch from its two files: one for each item, and none that no line speaks for.</summary>
internal sealed class OutcomeTarget : Target
{
    private static readonly string[] Items = ["a", "b", "c", "request-1"];

    private readonly FuzzGateway _gateway = new();

    public override string Name => "outcomes";

    public override int Share => 5;

    /// <summary>Output and error file, with a form feed between them.</summary>
    public override byte[] Make(Dice dice) => [.. LineFile.Make(ResultLineTarget.Lines, dice), (byte)'\f', .. LineFile.Make(ResultLineTarget.Lines, dice)];

    public override async Task<string> RunAsync(byte[] input)
    {
        int border = input.AsSpan().IndexOf((byte)'\f');
        byte[] output = border < 0 ? input : input[..border], errors = border < 0 ? [] : input[(border + 1)..];
        _gateway.Answer = request => Answer(request.RequestUri!.AbsolutePath, output, errors);
        BatchOperation operation = _gateway.Client.Attach("batch_1");
        List<BatchOutcome<string, Mood>> outcomes = [];
        try
        {
            await foreach (BatchOutcome<string, Mood> outcome in operation.ReadOutcomesAsync(
                Items, item => item, JsonMetadata.Default.Mood, new OutcomeOptions { InItemOrder = output.Length % 2 == 0 }).ConfigureAwait(false))
                outcomes.Add(outcome);
        }
        catch (Exception exception)
        {
            return Must.BeOurs(exception, typeof(BatchResponseException));
        }

        Must.Equal(string.Join(' ', outcomes.Select(outcome => outcome.Item).Order(StringComparer.Ordinal)), string.Join(' ', Items), "one outcome for every item");
        List<BatchResultLine> lines = await LinesAsync(output, errors).ConfigureAwait(false);
        foreach (BatchOutcome<string, Mood> outcome in outcomes)
            Compare(outcome, lines.FindAll(line => line.CustomId == outcome.Item));
        return Value;
    }

    protected override void Release() => _gateway.Dispose();

    private static void Compare(BatchOutcome<string, Mood> outcome, List<BatchResultLine> lines)
    {
        Must.Hold(outcome.Kind == BatchOutcomeKind.Missing == (lines.Count == 0), "missing is an item without a line", $"{outcome.Item}: {outcome.Kind}");
        Must.Hold(outcome.Succeeded == outcome.Result is not null, "a success has a result", $"{outcome.Item}: {outcome.Kind}");
        Must.Hold(outcome.Succeeded == outcome.Error is null, "what failed says why", $"{outcome.Item}: {outcome.Kind}");
        bool hasSuccess = lines.Exists(line => line.Kind == BatchOutcomeKind.Succeeded && LineJson.IsValid(line.Body.Span));
        Must.Hold(!outcome.Succeeded || hasSuccess, "a success is a line's", $"{outcome.Item}");
        Must.Hold(!hasSuccess || outcome.Kind is BatchOutcomeKind.Succeeded or BatchOutcomeKind.Failed, "the first success wins", $"{outcome.Item}: {outcome.Kind}");
    }

    private static async Task<List<BatchResultLine>> LinesAsync(byte[] output, byte[] errors)
    {
        List<BatchResultLine> lines = [];
        foreach (byte[] file in new[] { output, errors })
        {
            await foreach (BatchResultLine line in BatchResultFile.ReadAsync(new MemoryStream(file)).ConfigureAwait(false))
                lines.Add(ReferenceParser.Parse(line.Raw));
        }

        return lines;
    }

    private static HttpResponseMessage Answer(string path, byte[] output, byte[] errors) => new(HttpStatusCode.OK)
    {
        Content = new ByteArrayContent(path switch
        {
            "/v1/files/out/content" => output,
            "/v1/files/err/content" => errors,
            "/v1/files/out" => Encoding.UTF8.GetBytes($$"""{"id":"out","bytes":{{output.Length}}}"""),
            "/v1/files/err" => Encoding.UTF8.GetBytes($$"""{"id":"err","bytes":{{errors.Length}}}"""),
            _ => "{\"id\":\"batch_1\",\"status\":\"completed\",\"output_file_id\":\"out\",\"error_file_id\":\"err\"}"u8.ToArray(),
        }),
    };
}
