using System.Text;
using System.Text.Json;
using BatchGateway.Fuzz.Inputs;
using BatchGateway.Internal.Json;

namespace BatchGateway.Fuzz.Targets;

/// <summary>
/// Files of request lines, which a run reads too. What is accepted is valid JSON with ids of its own, and the check of a file, the plan and the
/// writer of another file agree.
/// </summary>
internal sealed class RequestTarget : Target
{
    private static readonly byte[][] Seeds =
    [
        Corpus.Utf8("""{"custom_id":"a","method":"POST","url":"/v1/chat/completions","body":{"model":"m","messages":[{"role":"user","content":"hi"}],"max_tokens":5}}"""),
        Corpus.Utf8("""{"custom_id":"b","method":"POST","url":"/v1/chat/completions","body":{"model":"m","messages":[]}}"""),
        Corpus.Utf8("""{"custom_id":"c","method":"POST","url":"/v1/chat/completions","body":{"model":"m","stream":false,"max_completion_tokens":9223372036854775807}}"""),
        Corpus.Utf8("""{"custom_id":"d","url":"/v1/embeddings","body":{"model":"m","input":["x","y"]}}"""),
        Corpus.Utf8("""{"custom_id":"e","body":{"model":"m"}}"""),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("fuzz-requests").FullName;

    public override string Name => "requests";

    public override int Share => 20;

    public override byte[] Make(Dice dice) => LineFile.Make(dice.OneIn(2) ? Seeds[..2] : Seeds, dice);

    public override async Task<string> RunAsync(byte[] input)
    {
        string path = Path.Combine(_folder, "in.jsonl");
        await File.WriteAllBytesAsync(path, input).ConfigureAwait(false);
        string ended = await TryAsync(() => BatchRequestFile.OpenAsync(path, BatchLimits.Vertex)).ConfigureAwait(false);
        bool isGood = ended == Value;
        List<BatchRequestLine> lines = [];
        await foreach (BatchRequestLine line in BatchRequestFile.ReadLinesAsync(path).ConfigureAwait(false))
            lines.Add(line);
        if (isGood)
            CompareWith(input, lines);

        BatchPlan plan = await BatchPlan.MakeAsync(lines, BatchLimits.Vertex).ConfigureAwait(false);
        Must.Hold(!isGood || plan.ProblemCount == 0, "what is good in a file is good in a plan", string.Join(' ', plan.Problems));
        string copy = Path.Combine(_folder, "out.jsonl");
        string written = await TryAsync(() => BatchRequestFile.WriteAsync(copy, lines, BatchLimits.Vertex)).ConfigureAwait(false);
        Must.Hold(plan.ProblemCount > 0 || written == Value, "what is good in a plan is written", $"{plan.ProblemCount}");
        Must.Hold(plan.ProblemCount == 0 || written != Value, "what is no good in a plan is not written", string.Join(' ', plan.Problems));
        if (written != Value)
            return ended;

        Must.Equal(await TryAsync(() => BatchRequestFile.OpenAsync(copy, BatchLimits.Vertex)).ConfigureAwait(false), Value, "what was written can be opened");
        Must.Hold(plan.Bytes == new FileInfo(copy).Length && plan.LineCount == lines.Count, "a plan knows the file", $"{plan.Bytes} bytes, {plan.LineCount} lines");
        return ended;
    }

    protected override void Release() => Directory.Delete(_folder, recursive: true);

    private static async Task<string> TryAsync(Func<Task<BatchRequestFile>> call)
    {
        try
        {
            BatchRequestFile file = await call().ConfigureAwait(false);
            Must.Hold(file.LineCount > 0 && file.Bytes > 0 && file.EstimatedTokens >= 0, "a file is counted", file.Path);
            return Value;
        }
        catch (Exception exception)
        {
            return Must.BeOneOf(exception, typeof(BatchInputException));
        }
    }

    /// <summary>The file by the plainest means: every line is JSON, and every custom id is there once.</summary>
    private static void CompareWith(byte[] input, List<BatchRequestLine> lines)
    {
        string[] texts = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(input).TrimEnd('\n').Split('\n');
        Must.Hold(texts.Length == lines.Count, "one request for every line", $"{lines.Count} of {texts.Length}");
        HashSet<string> ids = [];
        foreach (string text in texts)
        {
            // The name of some member may hold half of a surrogate pair, which a search for another one would fail on.
            using JsonDocument document = JsonDocument.Parse(MendedJson.Of(Encoding.UTF8.GetBytes(text)), new JsonDocumentOptions { MaxDepth = 1000 });
            string? id = document.RootElement.GetProperty("custom_id").GetString();
            Must.Hold(!string.IsNullOrEmpty(id) && ids.Add(id), "a custom id is there once", $"{id}");
        }
    }
}
