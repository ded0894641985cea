import type { Template } from './template-shape.ts';

type Notice = 'complaint' | 'congratulation' | 'resignation' | 'cancellation';

/** Emails that give notice of something: what is wrong, what went well, what comes to an end. */
export const NOTICES: Readonly<Record<Notice, Template>> = {
  complaint: {
    subject: 'A complaint',
    about: 'Complaint: {topic}',
    own: /^(?:an?\s+|my\s+|formal\s+)*complaint\b(?:\s+(?:about|regarding|on|over|of|for))?\s*/i,
    gap: '[What went wrong, when, and what you expect]',
    tones: {
      neutral: {
        open: 'I would like to make a complaint{ about topic}.',
        close: 'Please look into this and let me know how it can be put right.',
      },
      formal: {
        open: 'I am writing to make a formal complaint{ about topic}.',
        close: 'I would be grateful if you could look into the matter and reply in writing.',
      },
      friendly: {
        open: 'I am sorry to say that I am not happy{ about topic}.',
        close: 'Could you have a look at it, please? I am sure we can sort this out.',
      },
    },
  },
  congratulation: {
    subject: 'Congratulations',
    about: 'Congratulations: {topic}',
    own: /^(?:my\s+|many\s+|a\s+)*congrat(?:ulations?|s)\b(?:\s+(?:on|for|to))?\s*/i,
    gap: '[Why you are happy about it]',
    tones: {
      neutral: { open: 'Congratulations{ on topic}!', close: 'I wish you all the best.' },
      formal: {
        open: 'Please accept my sincere congratulations{ on topic}.',
        close: 'I wish you every success for the future.',
      },
      friendly: {
        open: 'Huge congratulations{ on topic}!',
        close: 'You have earned it. We should celebrate soon!',
      },
    },
  },
  resignation: {
    subject: 'Resignation',
    about: 'Resignation: {topic}',
    own: /^(?:an?\s+|my\s+|formal\s+)*resignation\b(?:\s+letter)?(?:\s+(?:from|as|of))?\s*/i,
    gap: '[Your last day]',
    tones: {
      neutral: {
        open: 'I am writing to let you know that I am resigning{: topic}.',
        close: 'Thank you for the time that we worked together. I will hand over my work before I leave.',
      },
      formal: {
        open: 'Please accept this as formal notice of my resignation{: topic}.',
        close: 'Thank you for the opportunity. I will ensure that my duties are handed over in good order.',
      },
      friendly: {
        open: 'This is not easy to write, but I have decided to resign{: topic}.',
        close: 'Thank you for everything. I will leave no loose ends behind.',
      },
    },
  },
  cancellation: {
    subject: 'A cancellation',
    about: 'Cancellation: {topic}',
    own: /^(?:an?\s+|the\s+|my\s+)*cancell?ation\b(?:\s+(?:of|for))?\s*/i,
    gap: '[Which date or number it has, and from when]',
    tones: {
      neutral: {
        open: 'I need to cancel{ topic}.',
        close: 'I am sorry for any inconvenience. Please confirm that you have received this.',
      },
      formal: {
        open: 'I am writing to inform you that I have to cancel{ topic}.',
        close:
          'I apologise for any inconvenience and would be grateful if you could confirm the cancellation.',
      },
      friendly: {
        open: 'I am sorry, but I have to cancel{ topic}.',
        close: 'I hope that is all right. Just drop me a line so that I know you got this.',
      },
    },
  },
};
