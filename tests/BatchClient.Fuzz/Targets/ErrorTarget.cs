using BatchGateway.Fuzz.Inputs;

namespace BatchGateway.Fuzz.Targets;

/// <summary>Error envelopes, and bodies that are none, under any status and to any call.</summary>
internal sealed class ErrorTarget : ExchangeTarget
{
    private static readonly byte[][] Seeds =
    [
        Corpus.Utf8("""{"error":{"message":"No such batch.","type":"invalid_request_error","param":"batch_id","code":"not_found"}}"""),
        Corpus.Utf8("""{"error":{"error":{"message":"Rate limit","code":429},"message":"outer"},"message":"m"}"""),
        Corpus.Utf8("""{"error":"insufficient_quota","message":"You have no quota.","type":"billing"}"""),
        Corpus.Utf8("""[{"error":{"code":404,"message":"Not found","status":"NOT_FOUND","details":[{"@type":"x","reason":"r"}]}}]"""),
        Corpus.Utf8("""{"detail":"Not Found"}"""),
        Corpus.Utf8("""{"detail":[{"loc":["body","input_file_id"],"msg":"field required","type":"value_error.missing"}]}"""),
        Corpus.Utf8("""{"type":"about:blank","title":"Bad Request","status":400,"detail":"No.","instance":"/v1"}"""),
        Corpus.Utf8("""{"errors":{"object":"list","data":[{"code":"token_limit_exceeded","message":"Too many.","line":3}]}}"""),
        Corpus.Utf8("""{"status":"failure","message":"Unauthorized","code":"401"}"""),
        Corpus.Utf8("\"plain\""),
        .. Corpus.Of("Batches"),
        .. Corpus.Of("BatchPages"),
    ];

    public override string Name => "errors";

    public override int Share => 140;

    public override byte[] Make(Dice dice) =>
        [.. Corpus.Utf8($"{dice.Pick(Calls)} {dice.Pick(Statuses)}\n\n"), .. Mutator.Make(Seeds, dice)];
}
