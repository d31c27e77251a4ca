using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace BatchGateway.Runs.Internal;

/// <summary>Who works on a state folder.</summary>
/// <param name="ProcessId">Its process.</param>
/// <param name="ProcessName">The program.</param>
/// <param name="Machine">The host it runs on.</param>
/// <param name="Since">When it opened the folder.</param>
/// <param name="Folder">The folder: a copy of it says the same.</param>
/// <param name="ProcessStarted">When the process began, by the system: another one may have its number some day.</param>
internal sealed record FolderHolder(
    int ProcessId, string ProcessName, string Machine, DateTimeOffset Since, string Folder, DateTimeOffset ProcessStarted)
{
    // The system works a start out anew each time, from a clock that may have been set meanwhile.
    private static readonly TimeSpan SameStart = TimeSpan.FromSeconds(2);

    /// <summary>Whether it is another process on this machine, which is alive.</summary>
    public bool IsAliveBesideMe => Machine == Environment.MachineName && ProcessId != Environment.ProcessId
        && StartOf(ProcessId) is { } started && (started - ProcessStarted).Duration() < SameStart;

    public static FolderHolder Me(string folder, TimeProvider clock) => new(
        Environment.ProcessId, AppDomain.CurrentDomain.FriendlyName, Environment.MachineName, clock.GetUtcNow(), folder,
        StartOf(Environment.ProcessId) ?? default);

    /// <summary>What a file says; null when it says nothing that can be read.</summary>
    public static FolderHolder? Read(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            JsonElement holder = document.RootElement;
            return new FolderHolder(
                holder.GetProperty("process_id").GetInt32(), holder.GetProperty("process_name").GetString()!,
                holder.GetProperty("machine").GetString()!, holder.GetProperty("since").GetDateTimeOffset(),
                holder.GetProperty("folder").GetString()!, holder.GetProperty("process_started").GetDateTimeOffset());
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
        json.WriteString("folder", Folder);
        json.WriteString("process_started", ProcessStarted);
        json.WriteEndObject();
    }

    /// <summary>When a process began; null when there is none, or this one may not ask.</summary>
    private static DateTimeOffset? StartOf(int process)
    {
        try
        {
            using Process found = Process.GetProcessById(process);
            return found.StartTime.ToUniversalTime();
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or Win32Exception or NotSupportedException)
        {
            return null;
        }
    }
}
