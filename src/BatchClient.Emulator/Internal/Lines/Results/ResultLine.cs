using System.Buffers;
using System.Text.Json;

namespace BatchGateway.Emulator.Internal;

/// <summary>One line of a result file as an object, with the oddities that are inside of it; without its newline.</summary>
internal sealed class ResultLine
{
    private const int PaddingBytes = 28 * 1024;

    private readonly Utf8JsonWriter _json;
    private readonly EmulatedResponse _response;
    private readonly JsonElement? _body;

    private ResultLine(Utf8JsonWriter json, EmulatedResponse response, JsonElement? body)
    {
        _json = json;
        _response = response;
        _body = body;
    }

    /// <summary>The bytes of a line; <paramref name="body"/> is the response's body, null where it is no JSON.</summary>
    public static byte[] Write(string id, string customId, EmulatedResponse response, JsonElement? body)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, JsonText.WriterOptions))
            new ResultLine(json, response, body).Write(id, customId);
        return buffer.WrittenSpan.ToArray();
    }

    private bool HasObjectBody =>
        _response.Fate == LineFate.Answered && _body is { ValueKind: JsonValueKind.Object }
        && !Is(OddLine.BodyFalse) && !Is(OddLine.BodyNull) && !Is(OddLine.BodyText);

    private bool Is(OddLine oddity) => _response.Is(oddity);

    private void Write(string id, string customId)
    {
        if (Is(OddLine.NotAnObject))
            _json.WriteStartArray();
        _json.WriteStartObject();
        if (!Is(OddLine.NoId))
            _json.WriteString("id", $"batch_req_{id}");
        if (!Is(OddLine.NoCustomId))
            _json.WriteString("custom_id", customId);
        WriteResponse(id);
        WriteError();
        if (!HasObjectBody)
            WriteFurtherMembers();
        _json.WriteEndObject();
        if (Is(OddLine.NotAnObject))
            _json.WriteEndArray();
    }

    private void WriteResponse(string id)
    {
        if (_response.Fate != LineFate.Answered)
        {
            _json.WriteNull("response");
            return;
        }

        _json.WriteStartObject("response");
        _json.WriteNumber("status_code", Is(OddLine.StatusZero) ? 0 : _response.StatusCode);
        _json.WriteString("request_id", $"req_{id}");
        _json.WritePropertyName("body");
        WriteBody();
        _json.WriteEndObject();
    }

    private void WriteBody()
    {
        if (Is(OddLine.BodyFalse))
            _json.WriteBooleanValue(false);
        else if (Is(OddLine.BodyNull))
            _json.WriteNullValue();
        else if (Is(OddLine.BodyText) || _body is null)
            _json.WriteStringValue(_response.Body);
        else if (HasObjectBody)
            WriteObjectBody(_body.Value);
        else
            _body.Value.WriteTo(_json);
    }

    private void WriteObjectBody(JsonElement body)
    {
        _json.WriteStartObject();
        foreach (JsonProperty member in body.EnumerateObject())
            member.WriteTo(_json);
        WriteFurtherMembers();
        _json.WriteEndObject();
    }

    private void WriteError()
    {
        if (Is(OddLine.ErrorAsText))
        {
            _json.WriteString("error", ErrorMessage);
            return;
        }

        if (Is(OddLine.ErrorNested))
        {
            _json.WriteStartObject("error");
            WriteErrorObject();
            _json.WriteEndObject();
        }
        else if (_response.Fate == LineFate.Answered)
            _json.WriteNull("error");
        else
            WriteErrorObject();
    }

    private void WriteErrorObject()
    {
        _json.WriteStartObject("error");
        _json.WriteString("code", ErrorCode);
        _json.WriteString("message", ErrorMessage);
        _json.WriteEndObject();
    }

    // An answer says its error in its body; where that is no error object, the body itself is all there is to say.
    private string? ErrorCode => _response.ErrorCode ?? _body?.ObjectOrNull("error")?.StringOrNull("code");

    private string ErrorMessage => _response.ErrorMessage ?? _body?.ObjectOrNull("error")?.StringOrNull("message") ?? _response.Body;

    private void WriteFurtherMembers()
    {
        if (Is(OddLine.Long))
            _json.WriteString("padding", new string('x', PaddingBytes));
        if (Is(OddLine.InvalidUtf8))
        {
            _json.WritePropertyName("note");
            _json.WriteRawValue([(byte)'"', 0xFF, (byte)'"'], skipInputValidation: true);
        }
    }
}
