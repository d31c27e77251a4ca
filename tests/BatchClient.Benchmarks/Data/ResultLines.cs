using System.Globalization;
using System.Text;

namespace BatchGateway.Benchmarks.Data;

/// <summary>
/// Result lines of chat completions in OpenAI's form, about 1.7 kB each: nearly all answered with 200, a few refused, a few expired.
/// </summary>
internal sealed class ResultLines(int seed)
{
    private const int ShortestText = 350;
    private const int TextSpread = 950;

    private readonly TextSource _source = new(seed);
    private readonly StringBuilder _json = new();
    private int _number;

    /// <summary>Whole lines until <paramref name="bytes"/> are reached.</summary>
    /// <returns>What was written.</returns>
    public long WriteTo(Stream target, long bytes)
    {
        long written = 0;
        byte[] buffer = new byte[64 << 10];
        while (written < bytes)
        {
            int length = Encoding.UTF8.GetBytes(Next(), buffer);
            target.Write(buffer, 0, length);
            written += length;
        }

        return written;
    }

    private string Next()
    {
        _json.Clear();
        _json.Append(CultureInfo.InvariantCulture, $"{{\"id\": \"batch_req_{Hex(24)}\", \"custom_id\": \"row-{_number++:d8}\", ");
        int kind = _source.Number(1000);
        if (kind < 2)
            AppendExpired();
        else if (kind < 6)
            AppendRefused(kind < 4 ? 400 : 429);
        else
            AppendAnswer();
        return _json.Append("}\n").ToString();
    }

    private void AppendExpired() => _json
        .Append("""
            "response": null, "error": {"code": "batch_expired", "message":
            """)
        .Append("""
             "This request could not be executed before the completion window expired."}
            """);

    private void AppendRefused(int status) => _json
        .Append(CultureInfo.InvariantCulture, $$"""
            "response": {"status_code": {{status}}, "request_id": "{{Hex(32)}}", "body": {"error":
            """)
        .Append(CultureInfo.InvariantCulture, $$"""
             {"message": "The request was refused: \"{{Hex(8)}}\".", "type": "invalid_request_error",
            """)
        .Append("""
             "param": null, "code": null}}}, "error": null
            """);

    private void AppendAnswer()
    {
        _json
            .Append(CultureInfo.InvariantCulture, $$"""
                "response": {"status_code": 200, "request_id": "{{Hex(32)}}", "body": {"id": "chatcmpl-{{Hex(29)}}", "object": "chat.completion",
                """)
            .Append(CultureInfo.InvariantCulture, $$"""
                 "created": {{1_760_000_000 + _number}}, "model": "gpt-4o-mini-2024-07-18", "choices": [{"index": 0, "message": {"role": "assistant",
                """)
            .Append(" \"content\": ");
        JsonText.Append(_json, _source.Next(ShortestText + _source.Number(TextSpread)), asciiOnly: _source.Number(4) == 0);
        _json.Append(CultureInfo.InvariantCulture, $$"""
            , "refusal": null, "annotations": []}, "logprobs": null, "finish_reason": "{{(_source.Number(20) == 0 ? "length" : "stop")}}"}],
            """);
        AppendUsage(50 + _source.Number(900), 50 + _source.Number(400));
        _json.Append(CultureInfo.InvariantCulture, $$"""
             "service_tier": "default", "system_fingerprint": "fp_{{Hex(10)}}"
            """).Append("}}, \"error\": null");
    }

    private void AppendUsage(int prompt, int completion) => _json
        .Append(CultureInfo.InvariantCulture, $$"""
             "usage": {"prompt_tokens": {{prompt}}, "completion_tokens": {{completion}}, "total_tokens": {{prompt + completion}},
            """)
        .Append("""
             "prompt_tokens_details": {"cached_tokens": 0, "audio_tokens": 0}, "completion_tokens_details": {"reasoning_tokens": 0,
            """)
        .Append("""
             "audio_tokens": 0, "accepted_prediction_tokens": 0, "rejected_prediction_tokens": 0}},
            """);

    private string Hex(int length) => string.Create(length, _source, static (text, source) =>
    {
        for (int i = 0; i < text.Length; i++)
            text[i] = "0123456789abcdef"[source.Number(16)];
    });
}
