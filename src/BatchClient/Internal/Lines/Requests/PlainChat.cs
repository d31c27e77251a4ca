using System.Buffers;

namespace BatchGateway.Internal.Lines;

/// <summary>The body that most lines have: a model, a user's message and perhaps a system's. Written without an object in between.</summary>
internal sealed record PlainChat(string Model, string? System, string User)
{
    public ChatRequest ToRequest() => new()
    {
        Model = Model,
        Messages = System is null ? [ChatMessage.User(User)] : [ChatMessage.System(System), ChatMessage.User(User)],
    };

    /// <summary>Writes the body and notes where what matters stands, counted from <paramref name="lineStart"/>.</summary>
    public void Write(ArrayBufferWriter<byte> buffer, int lineStart, ref RequestFacts facts)
    {
        int start = buffer.WrittenCount;
        buffer.Write("{\"model\":"u8);
        facts.Model = RequestEncoder.WriteText(buffer, lineStart, Model);
        buffer.Write(",\"messages\":["u8);
        if (System is not null)
        {
            WriteMessage(buffer, "{\"role\":\"system\",\"content\":"u8, System);
            buffer.Write(","u8);
        }

        WriteMessage(buffer, "{\"role\":\"user\",\"content\":"u8, User);
        buffer.Write("]}"u8);
        (facts.HasBody, facts.Body) = (true, new JsonSlice(start - lineStart, buffer.WrittenCount - start));
    }

    private static void WriteMessage(ArrayBufferWriter<byte> buffer, ReadOnlySpan<byte> head, string content)
    {
        buffer.Write(head);
        JsonText.Write(buffer, content);
        buffer.Write("}"u8);
    }
}
