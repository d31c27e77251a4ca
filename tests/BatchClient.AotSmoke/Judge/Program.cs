using BatchGateway.AotSmoke;

const double MostMegabytes = 11;
const double MostMillisecondsOverRaw = 10;

if (args is not ["aot" or "trimmed", var folder])
{
    Console.Error.WriteLine("Usage: judge aot|trimmed FOLDER, where the folder has what run.sh publishes: Client, Raw and Run.");
    return 2;
}

Measurement measurement = new(args[0], folder);
await measurement.LifeAsync();
measurement.Size();
if (args[0] == "trimmed")
{
    await measurement.ColdStartAsync();
    return 0;
}

await measurement.ColdStartAsync(enough: MostMillisecondsOverRaw);
measurement.Bound("size_mb", MostMegabytes);
measurement.Bound("cold_start_over_raw_ms", MostMillisecondsOverRaw);
return measurement.IsGood ? 0 : 1;
