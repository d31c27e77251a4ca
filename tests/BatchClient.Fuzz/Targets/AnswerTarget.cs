using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using BatchGateway.Fuzz.Inputs;
using BatchGateway.Internal.Lines;
using BatchGateway.Tests.Support;

namespace BatchGateway.Fuzz.Targets;

/// <summary>Bodies of answers as models and as a caller's own type; the library's scanners beside System.Text.Json.</summary>
internal sealed partial class AnswerTarget : Target
{
    private const int LongestReason = 64 << 10;

    private static readonly byte[][] Seeds =
    [
        Corpus.Utf8("""{"id":"c1","object":"chat.completion","created":1,"model":"gpt-4o-mini","choices":[{"index":0,"message":{"role":"assistant","content":"hi \u00fc","refusal":null,"annotations":[]},"logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11,"prompt_tokens_details":{"cached_tokens":3}},"system_fingerprint":"fp"}"""),
        Corpus.Utf8("""{"choices":[{"message":{"content":"{\"word\":\"good\",\"score\":0.5}"},"finish_reason":"length"}]}"""),
        Corpus.Utf8("""{"choices":[{"message":{"content":[{"type":"text","text":"{\"word\":"},{"type":"text","text":"\"a\"}"}],"refusal":"No."}}]}"""),
        Corpus.Utf8("""{"id":"r1","status":"completed","output":[{"type":"reasoning","content":[{"text":"x"}]},{"type":"message","content":[{"type":"output_text","text":"{\"word\":\"b\"}"},{"refusal":"I"}]}],"usage":{"input_tokens":1,"output_tokens":2,"output_tokens_details":{"reasoning_tokens":1}}}"""),
        Corpus.Utf8("""{"object":"list","model":"e","data":[{"object":"embedding","index":0,"embedding":[0.1,-2e-3,5]}],"usage":{"prompt_tokens":1,"total_tokens":1}}"""),
        Corpus.Utf8("""{"word":"good","score":1.5}"""),
    ];

    public override string Name => "answers";

    public override int Share => 120;

    public override byte[] Make(Dice dice) => Mutator.Make(Seeds, dice);

    public override Task<string> RunAsync(byte[] input)
    {
        // A line with such a body is malformed, and is not asked for it.
        if (!Utf8.IsValid(input))
            return Task.FromResult("no UTF-8");

        BatchResultLine line = new() { Kind = BatchOutcomeKind.Succeeded, Body = input };
        CompareParts(input);
        CompareChat(input);
        bool isRead = Try(() => line.ReadChat()) | Try(() => line.ReadResponse()) | Try(() => line.ReadEmbeddings());
        isRead |= Try(() => TypedAnswer.Read(line, JsonMetadata.Default.Mood)) | Try(() => line.ReadBody(JsonMetadata.Default.Mood));
        return Task.FromResult(isRead ? Value : nameof(JsonException));
    }

    private static void CompareParts(byte[] body)
    {
        if (!AnswerScan.TryFind(body, out AnswerParts fast))
            return;

        AnswerParts slow = AnswerDocument.Read(body);
        Must.Equal(fast.Text, slow.Text, "the scan and the document see the same text");
        Must.Equal(fast.Refusal, slow.Refusal, "the scan and the document see the same refusal");
        Must.Hold(fast.IsCutShort == slow.IsCutShort && fast.IsOfAModel == slow.IsOfAModel, "the scan and the document see the same end", $"{fast.IsCutShort}");
    }

    private static void CompareChat(byte[] body)
    {
        if (body.Length == 0 || ChatAnswerReader.ReadUsual(body) is not { } fast)
            return;

        ChatAnswer? slow = JsonSerializer.Deserialize(body, ReferenceJson.Default.ChatAnswer);
        Must.Equal(Shown(fast), slow is null ? null : Shown(slow), "the reader of chats and System.Text.Json see the same");
    }

    /// <summary>Without the JSON of a text, which may be escaped in other ways.</summary>
    private static string Shown(ChatAnswer answer) => ContentJson().Replace(ModelText.Of(answer), "");

    [GeneratedRegex("^ *ContentJson: \".*$", RegexOptions.Multiline)]
    private static partial Regex ContentJson();

    /// <summary>A value, or the exception that is documented.</summary>
    private static bool Try<T>(Func<T> read)
    {
        try
        {
            if (read() is GatewayModel model)
                _ = ModelText.Of(model);
            return true;
        }
        catch (JsonException exception)
        {
            // System.Text.Json names the way to the place, which is as long as the nesting is deep.
            Must.Hold(exception.Message.Length < LongestReason, "a reason is no copy of the answer", $"{exception.Message.Length} characters");
            return false;
        }
    }
}
