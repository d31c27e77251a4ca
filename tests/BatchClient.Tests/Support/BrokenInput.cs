namespace BatchGateway.Tests.Support;

/// <summary>Inputs that break one rule each.</summary>
internal sealed record BrokenInput(string Name, string[] Lines, BatchErrorCode Rule, long? LineNumber, string? CustomId, string Says)
{
    private const string Url = "/v1/chat/completions";

    public BatchLimits Limits { get; init; } = new();

    /// <summary>Whether it is only too much for one batch.</summary>
    public bool CanBeSplit { get; init; }

    public static IEnumerable<BrokenInput> All()
    {
        yield return new("NoLines", [], BatchErrorCode.EmptyFile, null, null, "There are no lines");
        yield return new("NotJson", [Good("a"), "nonsense"], BatchErrorCode.InvalidJsonLine, 2, null, "JSON");
        yield return new("Array", [Good("a"), "[]"], BatchErrorCode.InvalidJsonLine, 2, null, "JSON object");
        yield return new("Blank", [Good("a"), ""], BatchErrorCode.InvalidJsonLine, 2, null, "Line 2 ");
        yield return new("Cut", [Good("a"), """{"custom_id":"b","url":"x","body":{"""], BatchErrorCode.InvalidJsonLine, 2, "b", "('b')");
        yield return new("TwoObjects", [Good("a"), Good("b") + Good("c")], BatchErrorCode.InvalidJsonLine, 2, "b", "JSON");
        yield return new("TrailingComma", [Good("a"), Good("b") + ","], BatchErrorCode.InvalidJsonLine, 2, "b", "JSON");
        yield return new("CarriageReturnInside", [Good("a"), Good("b").Replace(",", ",\r", StringComparison.Ordinal)], BatchErrorCode.InvalidJsonLine, 2, "b", "line breaks");
        yield return new("NoCustomId", [Good("a"), """{"body":{}}"""], BatchErrorCode.MissingRequiredParameter, 2, null, "give every line one");
        yield return new("NullCustomId", [Good("a"), """{"custom_id":null,"body":{}}"""], BatchErrorCode.MissingRequiredParameter, 2, null, "no custom id");
        yield return new("EmptyCustomId", [Good("a"), Good("")], BatchErrorCode.MissingRequiredParameter, 2, "", "no custom id");
        yield return new("NumberAsCustomId", [Good("a"), """{"custom_id":7,"body":{}}"""], BatchErrorCode.InvalidValue, 2, "7", "no string");
        yield return new("LongCustomId", [Good("a"), Good(new string('ü', 513))], BatchErrorCode.TextTooLong, 2, new string('ü', 513), "513 characters");
        yield return new("OwnLongCustomId", [Good("a"), Good("abcd")], BatchErrorCode.TextTooLong, 2, "abcd", "may have 3") { Limits = new() { MaxCustomIdLength = 3 } };
        yield return new("DuplicateCustomId", [Good("a"), Good("b"), Good("a")], BatchErrorCode.DuplicateCustomId, 3, "a", "earlier line|line 1:");
        yield return new("EscapedDuplicate", [Good("ab"), Good("""a\u0062""")], BatchErrorCode.DuplicateCustomId, 2, "ab", "earlier line|line 1:");
        yield return new("HalfASurrogatePair", [Good("a"), Good("""b\ud800""")], BatchErrorCode.InvalidJsonLine, 2, """b\ud800""", "surrogate");
        yield return new("OtherMethod", [Good("a"), Good("b").Replace("POST", "GET", StringComparison.Ordinal)], BatchErrorCode.InvalidValue, 2, "b", "'GET'");
        yield return new("OtherUrl", [Good("a"), Good("b", url: "/v1/responses")], BatchErrorCode.UrlMismatch, 2, "b", "'/v1/responses'");
        yield return new("UrlThatIsNoText", [Good("a"), Good("b").Replace($"\"{Url}\"", "7", StringComparison.Ordinal)], BatchErrorCode.InvalidUrl, 2, "b", "no url");
        yield return new("EmptyUrl", [Good("a", url: "")], BatchErrorCode.InvalidUrl, 1, "a", "no url");
        yield return new("NoUrl", ["""{"custom_id":"a","method":"POST","body":{"model":"m"}}"""], BatchErrorCode.InvalidUrl, 1, "a", "name the API path") { Limits = BatchLimits.OpenAI };
        yield return new("NoMethod", ["""{"custom_id":"a","url":"/v1/chat/completions","body":{"model":"m"}}"""], BatchErrorCode.MissingRequiredParameter, 1, "a", "POST") { Limits = BatchLimits.Azure };
        yield return new("NoBody", [Good("a"), """{"custom_id":"b","url":"/v1/chat/completions"}"""], BatchErrorCode.InvalidJsonLine, 2, "b", "body");
        yield return new("BodyThatIsAnArray", [Good("a"), Good("b", body: "[]")], BatchErrorCode.InvalidJsonLine, 2, "b", "body");
        yield return new("Stream", [Good("a"), Good("b", body: """{"model":"m","stream":true}""")], BatchErrorCode.InvalidValue, 2, "b", "take it out");
        yield return new("OtherModel", [Good("a"), Good("b", body: """{"model":"n"}""")], BatchErrorCode.MismatchedModel, 2, "b", "'n'");
        yield return new("NoModelAfterOne", [Good("a"), Good("b", body: "{}")], BatchErrorCode.MismatchedModel, 2, "b", "'m'");
        yield return new("NoModel", [Good("a", body: "{}")], BatchErrorCode.MissingRequiredParameter, 1, "a", "no model") { Limits = BatchLimits.OpenAI };
        yield return new("EmptyModel", [Good("a", body: """{"model":""}""")], BatchErrorCode.MissingRequiredParameter, 1, "a", "no model") { Limits = BatchLimits.Azure };
        yield return new("LongLine", [Good("a"), Good("bc")], BatchErrorCode.FileTooLarge, 2, "bc", "shorten it") { Limits = new() { MaxLineBytes = Good("a").Length + 1 } };
        yield return new("LineTooLargeForAnyFile", [Good("bc")], BatchErrorCode.FileTooLarge, 1, "bc", "shorten it") { Limits = new() { MaxBytes = Good("a").Length + 1 } };
        yield return new("TooFewLines", [Good("a"), Good("b")], BatchErrorCode.TooFewTasks, null, null, "a batch needs 3: add lines") { Limits = new() { MinLines = 3 } };
        yield return new("TooManyLines", [Good("a"), Good("b"), Good("c")], BatchErrorCode.TooManyTasks, 3, "c", "SplitAsync") { Limits = new() { MaxLines = 2 }, CanBeSplit = true };
        yield return new("TooManyBytes", [Good("a"), Good("b")], BatchErrorCode.FileTooLarge, 2, "b", "SplitAsync")
        {
            Limits = new() { MaxBytes = (2 * Good("a").Length) + 1 },
            CanBeSplit = true,
        };
        yield return new("TooManyInputs", [Texts("a", 3), Texts("b", 2)], BatchErrorCode.TooManyTasks, 2, "b", "texts to embed to 5")
        {
            Limits = new() { MaxEmbeddingInputs = 4 },
            CanBeSplit = true,
        };
    }

    public static string Good(string customId, string url = Url, string body = """{"model":"m"}""") =>
        $$$"""{"custom_id":"{{{customId}}}","method":"POST","url":"{{{url}}}","body":{{{body}}}}""";

    public static string Texts(string customId, int count) =>
        Good(customId, "/v1/embeddings", $$$"""{"model":"m","input":[{{{string.Join(',', Enumerable.Repeat("\"x\"", count))}}}]}""");
}
