import { fitBudget } from 'hubfit';
import { defineConfig } from 'vite';

/** Machines one can choose, by what `findHardware` understands. */
const MACHINES: Record<string, string[]> = {
  'Without a GPU': ['8 GB RAM', '16 GB RAM', '32 GB RAM', '64 GB RAM'],
  'Shared memory': ['M2 16GB', 'M3 Pro 36GB', 'M4 Max 64GB', 'M3 Ultra 512GB'],
  'One GPU': [
    'RTX 3060 + 16 GB RAM',
    'RTX 4060 + 32 GB RAM',
    'RTX 4070 + 32 GB RAM',
    'RX 7900 XTX + 32 GB RAM',
    'RTX 4090 + 64 GB RAM',
    'RTX 5090 + 64 GB RAM',
  ],
  Servers: ['T4 + 16 GB RAM', '2x3090 + 64 GB RAM', 'L40S + 128 GB RAM', '8x H200 + 1024 GB RAM'],
};

/** What each leaves to models is worked out here, so that the page brings no more than the catalog. */
const groups = Object.entries(MACHINES).map(([label, names]) => ({
  label,
  machines: names.map((name) => ({ name, ...fitBudget(name) })),
}));

export default defineConfig({
  // The page works in any folder of a host.
  base: './',
  define: { MACHINE_GROUPS: JSON.stringify(groups) },
});
