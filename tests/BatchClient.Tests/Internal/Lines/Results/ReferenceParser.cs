using System.Text.Json;
using System.Text.Unicode;
using BatchGateway.Internal.Json;
using BatchGateway.Internal.Lines;

namespace BatchGateway.Tests.Internal.Lines;

/// <summary>A slow and plain reading of a result line, over whole JSON documents; what the engine is checked against.</summary>
internal static class ReferenceParser
{
    public static BatchResultLine Parse(ReadOnlyMemory<byte> line)
    {
        if (!Utf8.IsValid(line.Span))
            return Malformed(line, "the line is no valid UTF-8");

        try
        {
            return Read(line);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return Malformed(line, $"the line is no JSON ({exception.Message})");
        }
    }

    private static BatchResultLine Read(ReadOnlyMemory<byte> line)
    {
        ReferenceEnvelope envelope = ReferenceEnvelope.Read(line);
        if (!envelope.IsObject)
            return Malformed(line, "the line is no JSON object");

        BatchError? error = Unwrap(envelope.Error);
        BatchResultLine result = new()
        {
            Kind = BatchOutcomeKind.Succeeded,
            CustomId = envelope.CustomId,
            StatusCode = envelope.StatusCode,
            RequestId = envelope.RequestId,
            Body = envelope.Body,
            Raw = line,
        };
        if (error is not null)
            return result with { Kind = KindOf(error), Error = error };
        if (!envelope.HasResponse)
            return result with { Kind = BatchOutcomeKind.Malformed, Error = new BatchError { Message = "the line has neither a response nor an error" } };

        return Judge(result, envelope.HasOddStatus);
    }

    /// <summary>By the status where there is one, else by the body.</summary>
    private static BatchResultLine Judge(BatchResultLine result, bool hasOddStatus)
    {
        bool hasBody = result.Body.Span is not ([] or [(byte)'f', ..]);
        bool succeeded = !hasOddStatus && result.StatusCode is null or (>= 200 and < 300);
        if (succeeded && hasBody && !HoldsError(result.Body.Span))
            return result;

        BatchError error = (hasBody ? ErrorEnvelope.Read(result.Body.Span) : null)
            ?? new BatchError
            {
                Message = hasOddStatus ? "the answer has a status that is no number"
                    : succeeded ? "the answer has no body"
                    : $"the line was answered with status {result.StatusCode}",
            };
        return result with { Kind = BatchOutcomeKind.Failed, Error = error };
    }

    /// <summary>Gateways have been seen to answer 200 with an error.</summary>
    private static bool HoldsError(ReadOnlySpan<byte> body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body.ToArray(), LineJson.DocumentOptions);
            JsonElement root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Array)
                root = root.GetArrayLength() > 0 ? root[0] : root;
            return root.ValueKind == JsonValueKind.Object && SpeaksOfError(root);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool SpeaksOfError(JsonElement root)
    {
        root.TryGetMember("error"u8, out JsonElement error);
        return error.ValueKind == JsonValueKind.Object
            || root.EnumerateObject().Any(member => Says(member, "status", "failure") || Says(member, "object", "error"))
            || (error.ValueKind == JsonValueKind.String && error.ReadString().Length > 0
                && !root.EnumerateObject().Any(member => member.ReadName() is "choices" or "output" or "data"));
    }

    private static bool Says(JsonProperty member, string name, string value) =>
        member.ReadName() == name && member.Value.ValueKind == JsonValueKind.String && member.Value.ReadString() == value;

    private static BatchOutcomeKind KindOf(BatchError error)
    {
        if (error.Code == BatchErrorCode.BatchExpired)
            return BatchOutcomeKind.Expired;

        return error.Code == BatchErrorCode.BatchCancelled || error.Code == new BatchErrorCode("batch_canceled")
            ? BatchOutcomeKind.Cancelled
            : BatchOutcomeKind.Failed;
    }

    /// <summary>
    /// An error as an object, a string, or nested in another <c>error</c>; null for null, false, <c>""</c>, and an object that says
    /// nothing.
    /// </summary>
    private static BatchError? Unwrap(JsonElement? json)
    {
        if (json is not { } element || element.ValueKind is JsonValueKind.Null or JsonValueKind.False)
            return null;

        element = ErrorEnvelope.Innermost(element);
        if ((element.ValueKind == JsonValueKind.String && element.ReadString().Length == 0)
            || (element.ValueKind == JsonValueKind.Object && element.EnumerateObject().All(member => member.Value.ValueKind == JsonValueKind.Null)))
            return null;

        return BatchErrorsJson.ReadOne(element);
    }

    private static BatchResultLine Malformed(ReadOnlyMemory<byte> line, string why) => new()
    {
        Kind = BatchOutcomeKind.Malformed,
        CustomId = ReferenceEnvelope.FindCustomId(line.Span),
        Error = new BatchError { Message = why },
        Raw = line,
    };
}
