using System.Globalization;
using System.Text.Json;

namespace BatchGateway.Runs.Internal;

/// <summary>Who works on a state folder.</summary>
/// <param name="ProcessId">Its process.</param>
/// <param name="ProcessName">The program.</param>
/// <param name="Machine">The host it runs on.</param>
/// <param name="Since">When it opened the folder.</param>
internal sealed record FolderHolder(int ProcessId, string ProcessName, string Machine, DateTimeOffset Since)
{
    public static FolderHolder Me(TimeProvider clock) =>
        new(Environment.ProcessId, AppDomain.CurrentDomain.FriendlyName, Environment.MachineName, clock.GetUtcNow());

    /// <summary>What a file says; null when it says nothing that can be read.</summary>
    public static FolderHolder? Read(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            JsonElement holder = document.RootElement;
            return new FolderHolder(
                holder.GetProperty("process_id").GetInt32(), holder.GetProperty("process_name").GetString()!,
                holder.GetProperty("machine").GetString()!, holder.GetProperty("since").GetDateTimeOffset());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException
            or JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Writes it in one step: whoever reads sees all of it or what was there before.</summary>
    public void Write(string path)
    {
        string temporary = path + ".part";
        using (FileStream file = File.Create(temporary))
        using (Utf8JsonWriter json = new(file))
            Write(json);
        File.Move(temporary, path, overwrite: true);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"process {ProcessId} ({ProcessName}) on host '{Machine}' since {Since.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("process_id", ProcessId);
        json.WriteString("process_name", ProcessName);
        json.WriteString("machine", Machine);
        json.WriteString("since", Since);
        json.WriteEndObject();
    }
}
